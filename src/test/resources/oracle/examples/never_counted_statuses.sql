-- An incomplete_expired subscription never had MRR; nor have incomplete, paused and unpaid ones that
-- were seen only once, whatever they were before.
-- expected: nothing from SELECT * FROM fct_mrr_movements
-- expected: nothing from SELECT * FROM mrr_daily
SET VARIABLE as_of = DATE '2024-02-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-01');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-01 10:00', [an_item('si_1', starter(2000))], status := 'incomplete') UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-01 10:00', [an_item('si_1', starter(2000))], status := 'incomplete_expired',
    changed := '2024-01-02 09:00', ended_at := '2024-01-02 09:00') UNION ALL
FROM a_subscription('sub_2', 'cus_1', '2024-01-03 10:00', [an_item('si_2', starter(2000))], status := 'incomplete') UNION ALL
FROM a_subscription('sub_3', 'cus_1', '2024-01-03 10:00', [an_item('si_3', starter(2000))], status := 'paused', changed := '2024-01-20') UNION ALL
FROM a_subscription('sub_4', 'cus_1', '2024-01-03 10:00', [an_item('si_4', starter(2000))], status := 'unpaid', changed := '2024-01-20') UNION ALL
FROM a_subscription('sub_5', 'cus_1', '2024-01-03 10:00', [an_item('si_5', starter(2000))], status := 'incomplete_expired',
    changed := '2024-01-20', ended_at := '2024-01-04 09:00');
