-- void and mark_uncollectible count as 0 while they last, keep_as_draft keeps its MRR.
-- expected: cus_1 2024-01-03 new null | cus_1 2024-02-10 churn pause | cus_1 2024-03-10 reactivation null | cus_2 2024-01-03 new null | cus_3 2024-01-03 new null | cus_3 2024-02-10 churn pause from SELECT customer_id, day, movement_type, churn_kind FROM fct_mrr_movements
SET VARIABLE as_of = DATE '2024-04-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03') UNION ALL FROM a_customer('cus_2', '2024-01-03') UNION ALL FROM a_customer('cus_3', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))]) UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))], changed := '2024-02-10 10:00', pause := 'void') UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))], changed := '2024-03-10 10:00') UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03 10:00', [an_item('si_2', starter(2000))]) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03 10:00', [an_item('si_2', starter(2000))], changed := '2024-02-10 10:00', pause := 'keep_as_draft') UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-03 10:00', [an_item('si_3', starter(2000))]) UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-03 10:00', [an_item('si_3', starter(2000))], changed := '2024-02-10 10:00', pause := 'mark_uncollectible');
