-- One of several subscriptions ending is contraction, not churn; moving from one to another on the same
-- day shows only the difference; and a customer returning on a new subscription is a reactivation.
-- expected: 2024-01-03 new 24000 | 2024-01-10 expansion 84000 | 2024-01-20 contraction 24000 | 2024-02-05 expansion 60000 | 2024-02-15 churn 0 | 2024-02-16 reactivation 24000 from SELECT day, movement_type, arr_minor_after FROM fct_mrr_movements
SET VARIABLE as_of = DATE '2024-03-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-03', [an_item('si_1', starter(2000))]) UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03', [an_item('si_1', starter(2000))], status := 'canceled', changed := '2024-02-05 09:00', ended_at := '2024-02-05 09:00') UNION ALL
FROM a_subscription('sub_2', 'cus_1', '2024-01-10', [an_item('si_2', professional(5000))]) UNION ALL
FROM a_subscription('sub_2', 'cus_1', '2024-01-10', [an_item('si_2', professional(5000))], status := 'canceled', changed := '2024-01-20', ended_at := '2024-01-20') UNION ALL
FROM a_subscription('sub_3', 'cus_1', '2024-02-05 21:00', [an_item('si_3', professional(5000))]) UNION ALL
FROM a_subscription('sub_3', 'cus_1', '2024-02-05 21:00', [an_item('si_3', professional(5000))], status := 'canceled', changed := '2024-02-15', ended_at := '2024-02-15') UNION ALL
FROM a_subscription('sub_4', 'cus_1', '2024-02-16 00:00', [an_item('si_4', starter(2000))]);
