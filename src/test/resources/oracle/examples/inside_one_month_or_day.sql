-- A subscription that starts and ends inside one month shows in the daily and gross monthly movements
-- and not in the net ones (cus_1); inside one day, in none (cus_2).
-- expected: cus_1 2024-01-03 new 24000 | cus_1 2024-01-20 churn -24000 from SELECT customer_id, day, movement_type, arr_minor_change FROM fct_mrr_movements
-- expected: 20.000000000 -20.000000000 0.000000000 0.000000000 0.000000000 1 1 0 from SELECT mrr_new, mrr_churn, mrr_end, net_new, net_churn, customers_new, customers_churned, customers_end FROM mrr_monthly WHERE segment = 'all' AND month = '2024-01-01'
SET VARIABLE as_of = DATE '2024-02-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03') UNION ALL FROM a_customer('cus_2', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))]) UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-03 10:00', [an_item('si_1', starter(2000))], status := 'canceled',
    changed := '2024-01-20 12:00', ended_at := '2024-01-20 12:00', reason := 'cancellation_requested') UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03 10:00', [an_item('si_2', starter(2000))], status := 'canceled',
    changed := '2024-01-03 18:00', ended_at := '2024-01-03 18:00', reason := 'cancellation_requested');
