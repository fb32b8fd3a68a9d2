-- Where no customer was lost, ltv_revenue is arpa × 60.
-- expected: 2024-01-01 null null null | 2024-02-01 null null null | 2024-03-01 0.000000000 2000.000000000 1600.000000000 from SELECT month, customer_churn_6m, ltv_revenue, ltv FROM unit_economics_monthly WHERE segment = 'all' ORDER BY month
SET VARIABLE as_of = DATE '2024-04-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-03', [an_item('si_1', professional(40000, 'year'))]);
