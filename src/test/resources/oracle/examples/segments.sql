-- Fixed for a customer's life: the first country that is not null, the first channel, the first plan.
-- cus_1 moves from Germany to the US; cus_2 has no country at first, then Brazil; cus_3 none at all and
-- no channel; cus_4's country is not in the table of regions; cus_5 is not in raw.customers; cus_6 never
-- subscribes. The first plan is that of the earliest subscription, also of one that never counted.
-- expected: cus_1 DE europe organic professional | cus_2 BR other organic starter | cus_3 unknown unknown unknown starter | cus_4 XX unknown referral add-on | cus_5 unknown unknown unknown unknown | cus_6 US north_america organic none from SELECT customer, max(segment_value) FILTER (WHERE segment = 'country'), max(segment_value) FILTER (WHERE segment = 'region'), max(segment_value) FILTER (WHERE segment = 'channel'), max(segment_value) FILTER (WHERE segment = 'initial_plan') FROM customer_segments WHERE customer <> '' GROUP BY customer ORDER BY customer
-- expected: 0 from SELECT count(*) FROM (SELECT segment, sum(mrr_end) AS mrr_end FROM mrr_monthly WHERE month = '2024-02-01' GROUP BY segment) WHERE mrr_end <> 100
-- expected: BR 2024-02-01 | DE 2024-01-01 | XX 2024-01-01 | unknown 2024-01-01 from SELECT segment_value, min(month) FROM mrr_monthly WHERE segment = 'country' GROUP BY segment_value ORDER BY segment_value
SET VARIABLE as_of = DATE '2024-03-01';
INSERT INTO raw.customers BY NAME
FROM a_customer('cus_1', '2024-01-03', country := 'DE') UNION ALL FROM a_customer('cus_1', '2024-01-03', country := 'US', channel := 'direct', changed := '2024-01-20') UNION ALL
FROM a_customer('cus_2', '2024-01-03', country := NULL) UNION ALL FROM a_customer('cus_2', '2024-01-03', country := 'BR', changed := '2024-01-20') UNION ALL
FROM a_customer('cus_3', '2024-01-03', country := NULL, channel := NULL) UNION ALL
FROM a_customer('cus_4', '2024-01-03', country := 'XX', channel := 'referral') UNION ALL
FROM a_customer('cus_6', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1a', 'cus_1', '2024-01-03', [an_item('si_1a', professional(5000))], status := 'incomplete_expired', ended_at := '2024-01-04') UNION ALL
FROM a_subscription('sub_1b', 'cus_1', '2024-01-05', [an_item('si_1b', starter(2000))]) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-02-05', [an_item('si_2', starter(2000))]) UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-05', [an_item('si_3', starter(2000))]) UNION ALL
FROM a_subscription('sub_4', 'cus_4', '2024-01-05', [an_item('si_4', a_price('p', 'prod_addon', 2000, 'month')), an_item('si_4b', starter(0))]) UNION ALL
FROM a_subscription('sub_5', 'cus_5', '2024-01-05', [an_item('si_5', a_price('p', 'prod_missing', 2000, 'month'))]);
