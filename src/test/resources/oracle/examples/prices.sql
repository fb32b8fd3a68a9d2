-- Every interval, a decimal unit amount (0.0833 cents × 1,000 × 12 = 999.6 → 1000), an interval_count
-- that does not divide (1000 every 7 days: 365000 / 7 = 52142.857… → 52143; half away: 5 every 2 years
-- = 2.5 → 3), a null quantity; metered, one-time and tiered prices count 0.
-- expected: day 36500 | decimal 1000 | five_per_2_years 3 | metered 0 | one_time 0 | quarter 12000 | seven_days 52143 | tiered 0 | week 5200 | without_quantity 1200 from SELECT item_id, arr FROM mrr_items WHERE day = '2024-01-31' ORDER BY item_id
-- expected: 2024-01-05 new 108046 from SELECT day, movement_type, arr_minor_after FROM fct_mrr_movements
SET VARIABLE as_of = DATE '2024-02-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-05', [
    an_item('day', a_price('p1', 'prod_starter', 100, 'day')),
    an_item('week', a_price('p2', 'prod_starter', 100, 'week')),
    an_item('quarter', a_price('p3', 'prod_starter', 3000, 'month', interval_count := 3)),
    an_item('seven_days', a_price('p4', 'prod_starter', 1000, 'day', interval_count := 7)),
    an_item('five_per_2_years', a_price('p5', 'prod_starter', 5, 'year', interval_count := 2)),
    an_item('decimal', a_price('p6', 'prod_starter', NULL, 'month', unit_amount_decimal := '0.0833'), quantity := 1000),
    an_item('without_quantity', a_price('p7', 'prod_starter', 100, 'month'), quantity := NULL),
    an_item('metered', a_price('p8', 'prod_starter', 100, 'month', usage_type := 'metered')),
    an_item('one_time', a_price('p9', 'prod_starter', 100, NULL, price_type := 'one_time')),
    an_item('tiered', a_price('p10', 'prod_starter', NULL, 'month', billing_scheme := 'tiered'))]);
