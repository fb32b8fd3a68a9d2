-- Tiers of $10 up to 5, $8 up to 10, $5 beyond. Graduated, 12 cost 5 × 10 + 5 × 8 + 2 × 5 = 100 (120000 a
-- year), 5 cost 50, 6 cost 58. Volume, 12 cost 12 × 5 = 60, 5 cost 50, 6 cost 48. With $20 flat up to 5
-- and $30 more beyond, 3 cost 20, 12 graduated 20 + 30 = 50, 12 by volume 30. Decimal tiers are rounded
-- after multiplying: 3 × 0.25 × 12 = 9. Metered ones and those without tiers count 0.
-- listed: the item brings no tiers, its price in the list of prices does.
-- expected: decimal 9 | flat_12 60000 | flat_3 24000 | flat_volume 36000 | graduated_12 120000 | graduated_5 60000 | graduated_6 69600 | listed 69600 | metered 0 | no_quantity 12000 | no_tiers 0 | volume_12 72000 | volume_5 60000 | volume_6 57600 from SELECT item_id, arr FROM mrr_items WHERE day = '2024-01-31' ORDER BY item_id
SET VARIABLE as_of = DATE '2024-02-01';
CREATE TEMP MACRO tiered(id, mode, tiers, usage_type := 'licensed') AS
  a_price(id, 'prod_starter', NULL, 'month', billing_scheme := 'tiered', tiers_mode := mode, tiers := tiers, usage_type := usage_type);
CREATE TEMP MACRO three_tiers() AS [a_tier(5, 1000), a_tier(10, 800), a_tier(NULL, 500)];
CREATE TEMP MACRO flat_tiers() AS [a_tier(5, 0, flat_amount := 2000), a_tier(NULL, 0, flat_amount := 3000)];
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-05', [
    an_item('graduated_12', tiered('p1', 'graduated', three_tiers()), quantity := 12),
    an_item('graduated_5', tiered('p1', 'graduated', three_tiers()), quantity := 5),
    an_item('graduated_6', tiered('p1', 'graduated', three_tiers()), quantity := 6),
    an_item('volume_12', tiered('p2', 'volume', three_tiers()), quantity := 12),
    an_item('volume_5', tiered('p2', 'volume', three_tiers()), quantity := 5),
    an_item('volume_6', tiered('p2', 'volume', three_tiers()), quantity := 6),
    an_item('flat_3', tiered('p3', 'graduated', flat_tiers()), quantity := 3),
    an_item('flat_12', tiered('p3', 'graduated', flat_tiers()), quantity := 12),
    an_item('flat_volume', tiered('p4', 'volume', flat_tiers()), quantity := 12),
    an_item('decimal', tiered('p5', 'graduated', [a_tier(NULL, NULL, unit_amount_decimal := '0.25')]), quantity := 3),
    an_item('listed', tiered('p8', 'graduated', NULL), quantity := 6),
    an_item('no_quantity', tiered('p1', 'graduated', three_tiers()), quantity := NULL),
    an_item('no_tiers', tiered('p6', 'graduated', NULL), quantity := 12),
    an_item('metered', tiered('p7', 'graduated', three_tiers(), usage_type := 'metered'), quantity := 12)]);
INSERT INTO raw.prices BY NAME FROM a_price_row(tiered('p8', 'graduated', three_tiers()));
