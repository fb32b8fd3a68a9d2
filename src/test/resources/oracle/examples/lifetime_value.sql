-- ARPA 100 and churn 5 % → ltv_revenue 2,000. Twenty customers at $100 in January, one lost in
-- February, so March looks back on 1 of 20. March spends $300 and wins one customer: CAC 300, LTV
-- 0.8 × 2,000 = 1,600, LTV:CAC 5.333…, payback 300 / (100 × 0.8) = 3.75 months. February looks back on
-- January, which had nobody at its start: NULL. April looks back on 1 of 39 and spends nothing.
-- expected: 2024-01-01 0.000000000 20 0.000000000 100.000000000 null null null null 0.000000000 | 2024-02-01 0.000000000 0 null 100.000000000 null null null null null | 2024-03-01 300.000000000 1 300.000000000 100.000000000 0.050000000 2000.000000000 1600.000000000 5.333333333 3.750000000 | 2024-04-01 0.000000000 0 null 100.000000000 0.025641026 3900.000000000 3120.000000000 null null from SELECT month, sales_marketing_spend, customers_new, cac, arpa, customer_churn_6m, ltv_revenue, ltv, ltv_cac, cac_payback_months FROM unit_economics_monthly WHERE segment = 'all' ORDER BY month
-- expected: all | channel | region from SELECT DISTINCT segment FROM unit_economics_monthly ORDER BY segment
-- expected: organic 0.000000000 2024-01-01 | paid_search 200.000000000 2024-03-01 | referral 100.000000000 2024-03-01 from SELECT segment_value, sum(sales_marketing_spend), min(month) FROM unit_economics_monthly WHERE segment = 'channel' GROUP BY segment_value ORDER BY segment_value
SET VARIABLE as_of = DATE '2024-05-01';
INSERT INTO raw.marketing_spend BY NAME
FROM a_spend('2024-03-02', 'paid_search', 'north_america', 20000) UNION ALL
FROM a_spend('2024-03-05', 'referral', 'europe', 10000);
INSERT INTO raw.customers BY NAME
SELECT c.* FROM range(21) t(n), LATERAL (FROM a_customer('cus_' || n, '2024-01-10')) c;
INSERT INTO raw.subscriptions BY NAME
SELECT s.* FROM range(20) t(n), LATERAL (FROM a_subscription('sub_' || n, 'cus_' || n, '2024-01-10', [an_item('si_' || n, starter(10000))])) s
UNION ALL
FROM a_subscription('sub_0', 'cus_0', '2024-01-10', [an_item('si_0', starter(10000))], status := 'canceled', changed := '2024-02-10', ended_at := '2024-02-10')
UNION ALL
FROM a_subscription('sub_20', 'cus_20', '2024-03-10', [an_item('si_20', starter(10000))]);
