-- transform_quantity divides the quantity first and rounds it as it says: 25 seats are 3 packs of 10 at
-- $10 (36000 a year), 20 are 2; 24 are 4 whole packs of 5 at $5, 4 are none; a null quantity is 1, which
-- rounded up is a pack. 7 by 3 at 0.5 cents are 3 × 0.5 × 12 = 18.
-- expected: decimal 18 | down 24000 | less_than_one 0 | no_quantity 12000 | up 36000 | up_exact 24000 from SELECT item_id, arr FROM mrr_items WHERE day = '2024-01-31' ORDER BY item_id
SET VARIABLE as_of = DATE '2024-02-01';
CREATE TEMP MACRO pack(id, unit_amount, size, rounding, unit_amount_decimal := NULL) AS
  a_price(id, 'prod_starter', unit_amount, 'month', unit_amount_decimal := unit_amount_decimal, transform := {'divide_by': size, 'round': rounding});
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-05', [
    an_item('up', pack('p1', 1000, 10, 'up'), quantity := 25), an_item('up_exact', pack('p1', 1000, 10, 'up'), quantity := 20),
    an_item('down', pack('p2', 500, 5, 'down'), quantity := 24), an_item('less_than_one', pack('p2', 500, 5, 'down'), quantity := 4),
    an_item('no_quantity', pack('p1', 1000, 10, 'up'), quantity := NULL),
    an_item('decimal', pack('p3', NULL, 3, 'up', unit_amount_decimal := '0.5'), quantity := 7)]);
