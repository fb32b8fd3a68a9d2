-- Cancelled at period end: scheduled until the end, then churn on the day of ended_at and not of the
-- request. A second one revokes it; a third has cancel_at far ahead.
-- expected: cus_1 2024-02-03 churn voluntary from SELECT customer_id, day, movement_type, churn_kind FROM fct_mrr_movements WHERE movement_type <> 'new'
-- expected: 2024-01-19 0.000000000 60.000000000 | 2024-01-20 60.000000000 60.000000000 | 2024-01-25 40.000000000 60.000000000 | 2024-02-03 20.000000000 40.000000000 from SELECT day, scheduled_churn_mrr, mrr_end FROM mrr_daily WHERE segment = 'all' AND day IN ('2024-01-19', '2024-01-20', '2024-01-25', '2024-02-03') ORDER BY day
SET VARIABLE as_of = DATE '2024-04-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03') UNION ALL FROM a_customer('cus_2', '2024-01-03') UNION ALL FROM a_customer('cus_3', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))]) UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))], changed := '2024-01-20 11:00',
    cancel_at_period_end := true, cancel_at := '2024-02-03 10:00', canceled_at := '2024-01-20 11:00', reason := 'cancellation_requested') UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))], status := 'canceled', changed := '2024-02-03 10:00',
    cancel_at_period_end := true, cancel_at := '2024-02-03 10:00', canceled_at := '2024-01-20 11:00', ended_at := '2024-02-03 10:00', reason := 'cancellation_requested') UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03 10:00', [an_item('si_2', starter(2000))]) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03 10:00', [an_item('si_2', starter(2000))], changed := '2024-01-20 11:00',
    cancel_at_period_end := true, cancel_at := '2024-02-03 10:00', canceled_at := '2024-01-20 11:00', reason := 'cancellation_requested') UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03 10:00', [an_item('si_2', starter(2000))], changed := '2024-01-25 11:00') UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-03 10:00', [an_item('si_3', starter(2000))]) UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-03 10:00', [an_item('si_3', starter(2000))], changed := '2024-01-20 11:00', cancel_at := '2025-01-20 11:00');
