-- --churnAt=canceled_at: MRR ends with the request; a request taken back brings it back.
-- expected: cus_1 2024-01-03 new null | cus_1 2024-01-20 churn voluntary | cus_2 2024-01-03 new null | cus_2 2024-01-20 churn voluntary | cus_2 2024-01-25 reactivation null | cus_3 2024-01-03 new null | cus_3 2024-01-15 churn unknown from SELECT customer_id, day, movement_type, churn_kind FROM fct_mrr_movements
SET VARIABLE as_of = DATE '2024-04-01';
SET VARIABLE churn_at = 'canceled_at';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03') UNION ALL FROM a_customer('cus_2', '2024-01-03') UNION ALL FROM a_customer('cus_3', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))]) UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))], changed := '2024-01-20 11:00',
    cancel_at_period_end := true, cancel_at := '2024-02-03 10:00', canceled_at := '2024-01-20 11:00', reason := 'cancellation_requested') UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))], status := 'canceled', changed := '2024-02-03 10:00',
    canceled_at := '2024-01-20 11:00', ended_at := '2024-02-03 10:00', reason := 'cancellation_requested') UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03 10:00', [an_item('si_2', starter(2000))]) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03 10:00', [an_item('si_2', starter(2000))], changed := '2024-01-20 11:00',
    cancel_at_period_end := true, cancel_at := '2024-02-03 10:00', canceled_at := '2024-01-20 11:00', reason := 'cancellation_requested') UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03 10:00', [an_item('si_2', starter(2000))], changed := '2024-01-25 11:00') UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-03 10:00', [an_item('si_3', starter(2000))], status := 'canceled', changed := '2024-02-10',
    canceled_at := '2024-01-15 10:00', ended_at := '2024-02-03 10:00');
