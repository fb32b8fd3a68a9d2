-- A price of $10 a month with options in euros and yen, on subscriptions in euros (rate 1.1) and yen.
-- option: €9 → 10800 euro cents a year → 11880. packs: 25 seats are 3 packs of €9 → 35640. decimal: 90.5
-- euro cents × 12 = 1086 → 1194.6 → 1195. own: the price's own currency. line: no option was delivered,
-- its invoice has €27 for three seats and a month → 32400 → 35640, and from 10 February €18; the
-- proration does not count. yearly: €90 for a year → 9900. without: 0.
-- The coupon of €3 is in the subscription's currency and applies (3600 → 7200 → 7920); that of $3 does not.
-- expected: decimal 1195 | dollars_off 11880 | euros_off 7920 | line 35640 | option 11880 | own 12000 | packs 35640 | without 0 | yearly 9900 | yen 12060 from SELECT item_id, arr FROM mrr_items WHERE day = '2024-01-31' ORDER BY item_id
-- expected: cus_line 2024-01-10 new 35640 | cus_line 2024-02-10 contraction 23760 | cus_without 2024-02-05 new 11880 from SELECT customer_id, day, movement_type, arr_minor_after FROM fct_mrr_movements WHERE customer_id IN ('cus_line', 'cus_without') ORDER BY customer_id, day
SET VARIABLE as_of = DATE '2024-03-01';
CREATE TEMP MACRO dollars(options := NULL, transform := NULL, unit := 'month') AS
  a_price('price_' || unit, 'prod_starter', 1000, unit, options := options, transform := transform);
CREATE TEMP MACRO billed_in(currency, item, price, quantity := 1, discounts := CAST([] AS VARCHAR[])) AS TABLE
FROM a_subscription('sub_' || item, 'cus_' || item, '2024-01-10', [an_item(item, price, quantity := quantity)], currency := currency, discounts := discounts);
INSERT INTO raw.coupons BY NAME
FROM a_coupon('three_euros', 'forever', amount_off := 300, currency := 'eur') UNION ALL FROM a_coupon('three_dollars', 'forever', amount_off := 300, currency := 'usd');
INSERT INTO raw.discounts BY NAME FROM a_discount('di_euros', 'three_euros', '2024-01-10') UNION ALL FROM a_discount('di_dollars', 'three_dollars', '2024-01-10');
INSERT INTO raw.customers BY NAME
SELECT c.* FROM (VALUES ('option'), ('packs'), ('decimal'), ('own'), ('yen'), ('line'), ('yearly'), ('without'), ('euros_off'), ('dollars_off')) t(item),
  LATERAL (FROM a_customer('cus_' || t.item, '2024-01-03')) c;
INSERT INTO raw.subscriptions BY NAME
FROM billed_in('eur', 'option', dollars(options := [an_option('jpy', 1500), an_option('eur', 900)])) UNION ALL
FROM billed_in('eur', 'packs', dollars(options := [an_option('eur', 900)], transform := {'divide_by': 10, 'round': 'up'}), quantity := 25) UNION ALL
FROM billed_in('eur', 'decimal', dollars(options := [an_option('eur', NULL, unit_amount_decimal := '90.5')])) UNION ALL
FROM billed_in('usd', 'own', dollars(options := [an_option('eur', 900)])) UNION ALL
FROM billed_in('jpy', 'yen', dollars(options := [an_option('jpy', 1500)])) UNION ALL
FROM billed_in('eur', 'line', dollars(), quantity := 3) UNION ALL
FROM billed_in('eur', 'yearly', dollars(unit := 'year')) UNION ALL
FROM billed_in('eur', 'without', dollars(options := [an_option('jpy', 1500)])) UNION ALL
FROM billed_in('eur', 'euros_off', dollars(options := [an_option('eur', 900)]), discounts := ['di_euros']) UNION ALL
FROM billed_in('eur', 'dollars_off', dollars(options := [an_option('eur', 900)]), discounts := ['di_dollars']);
INSERT INTO raw.invoices BY NAME
FROM an_invoice('in_1', 'cus_line', '2024-01-10', subscription := 'sub_line', currency := 'eur', lines := [
    a_line('il_1', 'line', 'price_month', '2024-01-10', '2024-02-10', quantity := 3, amount := 2700, currency := 'eur')]) UNION ALL
FROM an_invoice('in_2', 'cus_line', '2024-01-20', subscription := 'sub_line', currency := 'eur', lines := [
    a_line('il_2', 'line', 'price_month', '2024-01-20', '2024-02-10', amount := -500, proration := true, currency := 'eur')]) UNION ALL
FROM an_invoice('in_3', 'cus_line', '2024-02-10', subscription := 'sub_line', currency := 'eur', lines := [
    a_line('il_4', 'line', 'price_month', '2024-02-10', '2024-03-10', quantity := 2, amount := 1800, currency := 'eur')]) UNION ALL
FROM an_invoice('in_4', 'cus_yearly', '2024-01-10', subscription := 'sub_yearly', currency := 'eur', lines := [
    a_line('il_5', 'yearly', 'price_year', '2024-01-10', '2025-01-10', amount := 9000, currency := 'eur')]) UNION ALL
FROM an_invoice('in_5', 'cus_without', '2024-02-05', subscription := 'sub_without', currency := 'eur', lines := [
    a_line('il_6', 'without', 'price_month', '2024-02-05', '2024-03-05', amount := 900, currency := 'eur')]);
