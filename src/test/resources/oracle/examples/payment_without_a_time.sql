-- A paid invoice makes its customer a payer, also where nobody knows when: cus_1 is paid, without a first
-- payment to be retained after. cus_2 paid on 10 January and still has MRR 30 days later.
-- expected: 2 2 2 1 0.500000000 from SELECT signups, paid, paid_without_trial, retained_30d, retained_30d_rate FROM trial_funnel WHERE segment = 'all' AND signup_month = '2024-01-01'
SET VARIABLE as_of = DATE '2024-04-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03') UNION ALL FROM a_customer('cus_2', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-10', [an_item('si_1', starter(2000))]) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-10', [an_item('si_2', starter(2000))]);
INSERT INTO raw.invoices BY NAME
FROM an_invoice('in_1', 'cus_1', '2024-01-10', total := 2000) UNION ALL
FROM an_invoice('in_2', 'cus_2', '2024-01-10', total := 2000, paid_at := '2024-01-10');
