-- Two $500/year customers → 83.333333333: one fraction, rounded once.
-- expected: 83.333333333 1000.000000000 41.666666667 from SELECT mrr_end, arr_end, arpa FROM mrr_monthly WHERE segment = 'all'
-- expected: US 83.333333333 from SELECT segment_value, mrr_end FROM mrr_monthly WHERE segment = 'country'
SET VARIABLE as_of = DATE '2024-02-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-05') UNION ALL FROM a_customer('cus_2', '2024-01-05');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-05', [an_item('si_1', professional(50000, 'year'))]) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-06', [an_item('si_2', professional(50000, 'year'))]);
