-- $120/year with 10 % off → billed MRR 9. Forever for one customer (MRR 9 too), repeating for the
-- other (MRR by the default policy 10, billed 9), once for the third (never moves MRR).
-- expected: organic 9.000000000 10.000000000 9.000000000 | referral 10.000000000 10.000000000 9.000000000 | direct 10.000000000 10.000000000 10.000000000 from SELECT segment_value, mrr_end, mrr_list_end, mrr_billed_end FROM mrr_monthly WHERE segment = 'channel' AND month = '2024-01-01' ORDER BY mrr_end, mrr_billed_end
-- expected: 2024-01-05 new 10800 | 2024-01-05 new 12000 | 2024-01-05 new 12000 from SELECT day, movement_type, arr_minor_change FROM fct_mrr_movements ORDER BY arr_minor_change
SET VARIABLE as_of = DATE '2024-02-01';
INSERT INTO raw.coupons BY NAME
FROM a_coupon('co_forever', 'forever', percent_off := 10) UNION ALL
FROM a_coupon('co_repeating', 'repeating', percent_off := 10) UNION ALL
FROM a_coupon('co_once', 'once', percent_off := 10);
INSERT INTO raw.discounts BY NAME
FROM a_discount('di_forever', 'co_forever', '2024-01-05 10:00') UNION ALL
FROM a_discount('di_repeating', 'co_repeating', '2024-01-05 10:00') UNION ALL
FROM a_discount('di_once', 'co_once', '2024-01-05 10:00');
INSERT INTO raw.customers BY NAME
FROM a_customer('cus_1', '2024-01-05 09:00', channel := 'organic') UNION ALL
FROM a_customer('cus_2', '2024-01-05 09:00', channel := 'referral') UNION ALL
FROM a_customer('cus_3', '2024-01-05 09:00', channel := 'direct');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-05 10:00', [an_item('si_1', starter(12000, 'year'))], discounts := ['di_forever']) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-05 10:00', [an_item('si_2', starter(12000, 'year'), discounts := ['di_repeating'])]) UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-05 10:00', [an_item('si_3', starter(12000, 'year'))], discounts := ['di_once']);
