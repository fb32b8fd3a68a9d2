-- A trial that never converts adds nothing anywhere but the funnel. Seen as it went, and seen once
-- only; the third customer's trial ended and was paid.
-- expected: cus_3 2024-01-15 new 24000 from SELECT customer_id, day, movement_type, arr_minor_after FROM fct_mrr_movements
-- expected: 2024-01-01 20.000000000 from SELECT month, mrr_end FROM mrr_monthly WHERE segment = 'all'
SET VARIABLE as_of = DATE '2024-02-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-01') UNION ALL FROM a_customer('cus_2', '2024-01-01') UNION ALL FROM a_customer('cus_3', '2024-01-01');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-01 10:00', [an_item('si_1', starter(2000))], status := 'trialing',
    trial_start := '2024-01-01 10:00', trial_end := '2024-01-15 10:00') UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-01 10:00', [an_item('si_1', starter(2000))], status := 'canceled',
    trial_start := '2024-01-01 10:00', trial_end := '2024-01-15 10:00', changed := '2024-01-15 10:00',
    ended_at := '2024-01-15 10:00', reason := 'cancellation_requested') UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-01 10:00', [an_item('si_2', starter(2000))], status := 'canceled',
    trial_start := '2024-01-01 10:00', trial_end := '2024-01-15 10:00', changed := '2024-01-31 10:00',
    ended_at := '2024-01-15 10:00', reason := 'cancellation_requested') UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-01 10:00', [an_item('si_3', starter(2000))], status := 'trialing',
    trial_start := '2024-01-01 10:00', trial_end := '2024-01-15 10:00') UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-01 10:00', [an_item('si_3', starter(2000))], status := 'active',
    trial_start := '2024-01-01 10:00', trial_end := '2024-01-15 10:00', changed := '2024-01-15 10:00');
