-- January: cus_1 stays and grows, cus_2 leaves in February and is back in March, cus_3 leaves inside
-- January (so k = 0 is below 1). March: cus_4. February has no cohort; the cells of April are absent.
-- expected: 2024-01-01 0 3 60.000000000 2 40.000000000 0.666666667 0.666666667 | 2024-01-01 1 3 60.000000000 1 50.000000000 0.333333333 0.833333333 | 2024-01-01 2 3 60.000000000 2 80.000000000 0.666666667 1.333333333 | 2024-03-01 0 1 20.000000000 1 20.000000000 1.000000000 1.000000000 from SELECT cohort_month, months_since, cohort_size, cohort_new_mrr, customers_active, mrr, logo_retention, revenue_retention FROM retention_cohorts WHERE segment = 'all' ORDER BY cohort_month, months_since
SET VARIABLE as_of = DATE '2024-04-15';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03') UNION ALL FROM a_customer('cus_2', '2024-01-03') UNION ALL FROM a_customer('cus_3', '2024-01-03') UNION ALL FROM a_customer('cus_4', '2024-01-03') UNION ALL FROM a_customer('cus_5', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-03', [an_item('si_1', starter(2000))]) UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03', [an_item('si_1', professional(5000))], changed := '2024-02-10') UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03', [an_item('si_2', starter(2000))]) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03', [an_item('si_2', starter(2000))], status := 'canceled', changed := '2024-02-10', ended_at := '2024-02-10') UNION ALL
FROM a_subscription('sub_2b', 'cus_2', '2024-03-03', [an_item('si_2b', starter(3000))]) UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-03', [an_item('si_3', starter(2000))]) UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-03', [an_item('si_3', starter(2000))], status := 'canceled', changed := '2024-01-20', ended_at := '2024-01-20') UNION ALL
FROM a_subscription('sub_4', 'cus_4', '2024-03-10', [an_item('si_4', starter(2000))]) UNION ALL
FROM a_subscription('sub_5', 'cus_5', '2024-04-10', [an_item('si_5', starter(2000))]);
