-- A currency without a row fails the run with its name.
-- expected to fail: gbp
SET VARIABLE as_of = DATE '2024-02-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-10', [an_item('si_1', a_price('p1', 'prod_starter', 3000, 'month', currency := 'gbp'))]);
