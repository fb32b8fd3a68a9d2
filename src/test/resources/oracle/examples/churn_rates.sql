-- Start 100, churn 10, contraction 10, expansion 10 → gross 20 %, net 10 %. cus_1 10 → 0, cus_2
-- 20 → 10, cus_3 70 → 80, all in February; in March cus_1 returns with 15, which raises no retention
-- of March's own customers: net churn is negative, nrr_1m is 1.
-- expected: 2024-01-01 0 0 null null null null null null null | 2024-02-01 3 1 0.333333333 0.200000000 0.100000000 0.900000000 0.800000000 null 0.500000000 | 2024-03-01 2 0 0.000000000 0.000000000 -0.166666667 1.000000000 1.000000000 null null from SELECT month, customers_start, customers_lost, customer_churn_rate, gross_mrr_churn_rate, net_mrr_churn_rate, nrr_1m, grr_1m, nrr_12m, quick_ratio FROM churn_monthly WHERE segment = 'all' ORDER BY month
-- expected: 0 1 0 0 0 1 0 0 from SELECT voluntary_churned, involuntary_churned, dispute_churned, paused_churned, unknown_churned, starter_churned, professional_churned, other_churned FROM churn_monthly WHERE segment = 'all' AND month = '2024-02-01'
SET VARIABLE as_of = DATE '2024-04-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03') UNION ALL FROM a_customer('cus_2', '2024-01-03') UNION ALL FROM a_customer('cus_3', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-03', [an_item('si_1', starter(1000))]) UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03', [an_item('si_1', starter(1000))], status := 'canceled',
    changed := '2024-02-10', ended_at := '2024-02-10', reason := 'payment_failed') UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03', [an_item('si_2', starter(2000))]) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03', [an_item('si_2', starter(1000))], changed := '2024-02-10') UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-03', [an_item('si_3', professional(7000))]) UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-03', [an_item('si_3', professional(8000))], changed := '2024-02-10') UNION ALL
FROM a_subscription('sub_4', 'cus_1', '2024-03-10', [an_item('si_4', starter(1500))]);
