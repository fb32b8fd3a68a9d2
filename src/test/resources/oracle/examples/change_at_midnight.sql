-- A change at exactly 00:00:00 belongs to the new day: cus_1 starts and ends at midnights, cus_2 one
-- microsecond before them.
-- expected: cus_1 2024-01-10 new | cus_1 2024-02-01 churn | cus_2 2024-01-09 new | cus_2 2024-01-31 churn from SELECT customer_id, day, movement_type FROM fct_mrr_movements
-- expected: 2024-01-01 20.000000000 1 | 2024-02-01 0.000000000 0 from SELECT month, mrr_end, customers_end FROM mrr_monthly WHERE segment = 'all' ORDER BY month
SET VARIABLE as_of = DATE '2024-03-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03') UNION ALL FROM a_customer('cus_2', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-10 00:00:00', [an_item('si_1', starter(2000))]) UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-10 00:00:00', [an_item('si_1', starter(2000))], status := 'canceled',
    changed := '2024-02-01 00:00:00', ended_at := '2024-02-01 00:00:00') UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-09 23:59:59.999999', [an_item('si_2', starter(2000))]) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-09 23:59:59.999999', [an_item('si_2', starter(2000))], status := 'canceled',
    changed := '2024-01-31 23:59:59.999999', ended_at := '2024-01-31 23:59:59.999999');
