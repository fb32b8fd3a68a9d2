-- Days are those of the reporting zone, also over the change of the clocks (10 March 2024 in New York):
-- 05:00 UTC is midnight before it, 04:00 UTC after it.
-- expected: cus_1 2024-03-09 new | cus_1 2024-03-11 churn | cus_2 2024-03-08 new | cus_2 2024-03-10 churn from SELECT customer_id, day, movement_type FROM fct_mrr_movements
SET VARIABLE as_of = DATE '2024-04-01';
SET VARIABLE reporting_zone = 'America/New_York';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03') UNION ALL FROM a_customer('cus_2', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-03-09 05:00:00', [an_item('si_1', starter(2000))]) UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-03-09 05:00:00', [an_item('si_1', starter(2000))], status := 'canceled',
    changed := '2024-03-11 04:00:00', ended_at := '2024-03-11 04:00:00') UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-03-09 04:59:59', [an_item('si_2', starter(2000))]) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-03-09 04:59:59', [an_item('si_2', starter(2000))], status := 'canceled', seen := '2024-03-10',
    changed := '2024-03-11 03:59:59', ended_at := '2024-03-11 03:59:59');
