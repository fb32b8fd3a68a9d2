-- 4 × $500/year → new 166.67; plus 2 × $30/month on a later day → expansion 60; ending those →
-- contraction 60; ending the last → churn; coming back with 3 × $50 → reactivation 150.
-- expected: 2024-01-05 new 0 200000 200000 null | 2024-01-20 expansion 200000 272000 72000 null | 2024-02-03 contraction 272000 200000 -72000 null | 2024-02-20 churn 200000 0 -200000 voluntary | 2024-04-02 reactivation 0 180000 180000 null from SELECT day, movement_type, arr_minor_before, arr_minor_after, arr_minor_change, churn_kind FROM fct_mrr_movements
-- expected: 2024-01-01 0.000000000 166.666666667 0.000000000 60.000000000 0.000000000 0.000000000 226.666666667 | 2024-02-01 226.666666667 0.000000000 0.000000000 0.000000000 -60.000000000 -166.666666667 0.000000000 | 2024-03-01 0.000000000 0.000000000 0.000000000 0.000000000 0.000000000 0.000000000 0.000000000 | 2024-04-01 0.000000000 0.000000000 150.000000000 0.000000000 0.000000000 0.000000000 150.000000000 from SELECT month, mrr_start, mrr_new, mrr_reactivation, mrr_expansion, mrr_contraction, mrr_churn, mrr_end FROM mrr_monthly WHERE segment = 'all' ORDER BY month
-- expected: 2024-01-01 226.666666667 0.000000000 0.000000000 | 2024-02-01 0.000000000 0.000000000 -226.666666667 | 2024-03-01 0.000000000 0.000000000 0.000000000 | 2024-04-01 0.000000000 150.000000000 0.000000000 from SELECT month, net_new, net_reactivation, net_churn FROM mrr_monthly WHERE segment = 'all' ORDER BY month
-- expected: 2024-01-05 2024-04-30 117 from SELECT min(day), max(day), count(*) FROM mrr_daily WHERE segment = 'all'
-- expected: 0 from SELECT count(*) FROM mrr_daily WHERE abs(mrr_end - (mrr_start + mrr_new + mrr_reactivation + mrr_expansion + mrr_contraction + mrr_churn)) > 0.000001
SET VARIABLE as_of = DATE '2024-05-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-05 09:00');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-05 10:00', [an_item('si_1', professional(50000, 'year'), quantity := 4)])
UNION ALL
FROM a_subscription('sub_1', 'cus_1', '2024-01-05 10:00', [an_item('si_1', professional(50000, 'year'), quantity := 4)],
    status := 'canceled', changed := '2024-02-20 08:00', ended_at := '2024-02-20 08:00', reason := 'cancellation_requested')
UNION ALL
FROM a_subscription('sub_2', 'cus_1', '2024-01-20 10:00', [an_item('si_2', starter(3000), quantity := 2)])
UNION ALL
FROM a_subscription('sub_2', 'cus_1', '2024-01-20 10:00', [an_item('si_2', starter(3000), quantity := 2)],
    status := 'canceled', changed := '2024-02-03 08:00', ended_at := '2024-02-03 08:00', reason := 'cancellation_requested')
UNION ALL
FROM a_subscription('sub_3', 'cus_1', '2024-04-02 10:00', [an_item('si_3', professional(5000), quantity := 3)]);
