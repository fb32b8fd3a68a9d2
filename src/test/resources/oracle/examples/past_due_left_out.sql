-- --includePastDue=false: a past due subscription has no MRR.
-- expected: 2024-01-03 new | 2024-02-03 churn | 2024-02-10 reactivation from SELECT day, movement_type FROM fct_mrr_movements
-- expected: 0.000000000 0.000000000 from SELECT mrr_end, mrr_past_due FROM mrr_daily WHERE segment = 'all' AND day = '2024-02-05'
SET VARIABLE as_of = DATE '2024-04-01';
SET VARIABLE include_past_due = false;
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))]) UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))], status := 'past_due', changed := '2024-02-03 11:00') UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))], status := 'active', changed := '2024-02-10 11:00');
