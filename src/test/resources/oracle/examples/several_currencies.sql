-- One rate per currency, rounded half away from zero per item, then summed. ¥3000/month is 36000 a
-- year × 0.0067 × 100 = 24120 cents; €9.99/month 11988 × 1.1 = 13186.8 → 13187; two items of €0.05 a
-- year 5.5 → 6 each; KWD 1.000/year is 1000 thousandths × 3.25 / 10 = 325.
-- expected: cus_1 24120 | cus_2 13199 | cus_3 325 from SELECT customer_id, arr_minor_after FROM fct_mrr_movements
SET VARIABLE as_of = DATE '2024-02-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03') UNION ALL FROM a_customer('cus_2', '2024-01-03') UNION ALL FROM a_customer('cus_3', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-10', [an_item('si_1', a_price('p1', 'prod_starter', 3000, 'month', currency := 'jpy'))]) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-10', [an_item('si_2', a_price('p2', 'prod_starter', 999, 'month', currency := 'eur')),
    an_item('si_3', a_price('p3', 'prod_addon', 5, 'year', currency := 'eur')), an_item('si_4', a_price('p3', 'prod_addon', 5, 'year', currency := 'eur'))]) UNION ALL
FROM a_subscription('sub_3', 'cus_3', '2024-01-10', [an_item('si_5', a_price('p4', 'prod_starter', 1000, 'year', currency := 'kwd'))]);
