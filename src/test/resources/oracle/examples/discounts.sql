-- cus_1: 10 % then 50 % of 119 cents a year: 119 × 0.9 × 0.5 = 53.55 → 54, rounded once at the end.
-- cus_2: $7/month off shared over $20 and $10 a month in proportion to arr_minor 24000 and 12000:
--   8400 a year → 5600 and 2800; the add-on is not among the coupon's products; no share for it.
-- cus_3: 1 cent a year off three equal items: 0, 0 and the remainder of 1 on the last id.
-- cus_4: $50/month off a $20 item never goes below zero: a 100 % discount, no MRR, no movement, but list.
-- cus_5: a coupon in another currency does not apply.
-- cus_6: the customer's discount applies as long as the subscription names none; from 20 January.
-- cus_7: a discount of its subscription shuts out the customer's, even when it is not live any more.
-- cus_8: live on [5 January, 15 January): a discount that ends is expansion. Order matters: $10 off, then 50 %.
-- expected: cus_1 2024-01-05 54 | cus_2 2024-01-05 39600 | cus_3 2024-01-05 299 | cus_5 2024-01-05 24000 | cus_6 2024-01-05 24000 | cus_6 2024-01-20 12000 | cus_7 2024-01-05 12000 | cus_7 2024-01-15 24000 | cus_8 2024-01-05 6000 | cus_8 2024-01-15 24000 from SELECT customer_id, day, arr_minor_after FROM fct_mrr_movements
-- expected: si_2a 18400 | si_2b 9200 | si_2c 12000 from SELECT item_id, arr FROM mrr_items WHERE customer = 'cus_2' AND day = '2024-01-31' ORDER BY item_id
-- expected: si_3a 100 | si_3b 100 | si_3c 99 from SELECT item_id, arr FROM mrr_items WHERE customer = 'cus_3' AND day = '2024-01-31' ORDER BY item_id
-- expected: 24000 0 0 from SELECT arr_list, arr_forever, arr_billed FROM mrr_items WHERE customer = 'cus_4' AND day = '2024-01-31'
SET VARIABLE as_of = DATE '2024-02-01';
INSERT INTO raw.coupons BY NAME
FROM a_coupon('ten', 'forever', percent_off := 10) UNION ALL FROM a_coupon('half', 'forever', percent_off := 50) UNION ALL
FROM a_coupon('seven_dollars', 'forever', amount_off := 700, currency := 'usd', products := ['prod_starter', 'prod_professional']) UNION ALL
FROM a_coupon('one_cent', 'forever', amount_off := 1, currency := 'usd') UNION ALL
FROM a_coupon('fifty_dollars', 'forever', amount_off := 5000, currency := 'usd') UNION ALL
FROM a_coupon('ten_dollars', 'forever', amount_off := 1000, currency := 'usd') UNION ALL
FROM a_coupon('five_euros', 'forever', amount_off := 500, currency := 'eur');
INSERT INTO raw.discounts BY NAME
FROM a_discount('di_ten', 'ten', '2024-01-05') UNION ALL FROM a_discount('di_half', 'half', '2024-01-05') UNION ALL
FROM a_discount('di_seven', 'seven_dollars', '2024-01-05') UNION ALL FROM a_discount('di_cent', 'one_cent', '2024-01-05') UNION ALL
FROM a_discount('di_fifty', 'fifty_dollars', '2024-01-05') UNION ALL FROM a_discount('di_euros', 'five_euros', '2024-01-05') UNION ALL
FROM a_discount('di_short_half', 'half', '2024-01-05', ends := '2024-01-15') UNION ALL
FROM a_discount('di_short_dollars', 'ten_dollars', '2024-01-05', ends := '2024-01-15');
INSERT INTO raw.customers BY NAME
SELECT c.* FROM range(1, 9) t(n), LATERAL (FROM a_customer('cus_' || n, '2024-01-03', discount := CASE WHEN n = 7 THEN 'di_ten' END)) c
UNION ALL FROM a_customer('cus_6', '2024-01-03', discount := 'di_half', changed := '2024-01-20');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-05', [an_item('si_1', starter(119, 'year'), discounts := ['di_ten'])], discounts := ['di_half']) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-05', [an_item('si_2a', starter(2000)), an_item('si_2b', professional(1000)),
    an_item('si_2c', a_price('price_addon', 'prod_addon', 1000, 'month'))], discounts := ['di_seven']) UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-05', [an_item('si_3c', starter(100, 'year')), an_item('si_3a', starter(100, 'year')), an_item('si_3b', starter(100, 'year'))], discounts := ['di_cent']) UNION ALL
FROM a_subscription('sub_4', 'cus_4', '2024-01-05', [an_item('si_4', starter(2000))], discounts := ['di_fifty']) UNION ALL
FROM a_subscription('sub_5', 'cus_5', '2024-01-05', [an_item('si_5', starter(2000))], discounts := ['di_euros']) UNION ALL
FROM a_subscription('sub_6', 'cus_6', '2024-01-05', [an_item('si_6', starter(2000))]) UNION ALL
FROM a_subscription('sub_7', 'cus_7', '2024-01-05', [an_item('si_7', starter(2000))], discounts := ['di_short_half']) UNION ALL
FROM a_subscription('sub_8', 'cus_8', '2024-01-05', [an_item('si_8', starter(2000))], discounts := ['di_short_dollars', 'di_short_half']);
