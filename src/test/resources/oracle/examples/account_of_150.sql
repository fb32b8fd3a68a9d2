-- 100 × $100/month + 50 × $600/year → MRR 12,500.
-- expected: 12500.000000000 150000.000000000 150 83.333333333 from SELECT mrr_end, arr_end, customers_end, arpa FROM mrr_monthly WHERE segment = 'all' AND month = '2024-01-01'
-- expected: 12500.000000000 12500.000000000 150 from SELECT mrr_new, net_new, customers_new FROM mrr_monthly WHERE segment = 'all' AND month = '2024-01-01'
-- expected: 10000.000000000 2500.000000000 0.000000000 from SELECT mrr_end_starter, mrr_end_professional, mrr_end_other FROM mrr_monthly WHERE segment = 'all' AND month = '2024-01-01'
-- expected: 2024-01-01 | 2024-02-01 from SELECT month FROM mrr_monthly WHERE segment = 'all' ORDER BY month
-- expected: 12500.000000000 12500.000000000 0.000000000 from SELECT mrr_start, mrr_end, mrr_new FROM mrr_monthly WHERE segment = 'all' AND month = '2024-02-01'
-- expected: starter 10000.000000000 | professional 2500.000000000 from SELECT segment_value, mrr_end FROM mrr_monthly WHERE segment = 'initial_plan' AND month = '2024-01-01' ORDER BY mrr_end DESC
SET VARIABLE as_of = DATE '2024-03-15';
INSERT INTO raw.customers BY NAME
SELECT c.* FROM range(150) t(n), LATERAL (FROM a_customer('cus_' || n, '2024-01-10')) c;
INSERT INTO raw.subscriptions BY NAME
SELECT s.* FROM range(100) t(n), LATERAL (FROM a_subscription('sub_' || n, 'cus_' || n, '2024-01-10', [an_item('si_' || n, starter(10000))])) s;
INSERT INTO raw.subscriptions BY NAME
SELECT s.* FROM range(100, 150) t(n), LATERAL (FROM a_subscription('sub_' || n, 'cus_' || n, '2024-01-10', [an_item('si_' || n, professional(60000, 'year'))])) s;
