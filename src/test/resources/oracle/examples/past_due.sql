-- past_due is counted and shown apart; unpaid is not counted, and is involuntary churn; paid late, the
-- customer is back.
-- expected: 2024-01-03 new null | 2024-02-20 churn involuntary | 2024-03-05 reactivation null from SELECT day, movement_type, churn_kind FROM fct_mrr_movements
-- expected: 2024-02-03 20.000000000 20.000000000 | 2024-02-19 20.000000000 20.000000000 | 2024-02-20 0.000000000 0.000000000 | 2024-03-05 20.000000000 0.000000000 from SELECT day, mrr_end, mrr_past_due FROM mrr_daily WHERE segment = 'all' AND day IN ('2024-02-03', '2024-02-19', '2024-02-20', '2024-03-05') ORDER BY day
SET VARIABLE as_of = DATE '2024-04-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))]) UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))], status := 'past_due', changed := '2024-02-03 11:00') UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))], status := 'unpaid', changed := '2024-02-20 11:00') UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))], status := 'active', changed := '2024-03-05 11:00');
