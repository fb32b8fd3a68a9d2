-- Exported on 30 June and seen only then. cus_1: trial until 15 January, $20 in February and March by its
-- invoice lines (the proration line does not count), $50 as it stands from then on; past due, but only
-- since it was seen. cus_2: two users until cancelled on 10 March, of which the item itself says three.
-- expected: cus_1 2024-01-15 new 24000 | cus_1 2024-04-01 expansion 60000 | cus_2 2024-01-03 new 48000 | cus_2 2024-02-03 expansion 72000 | cus_2 2024-03-10 churn 0 from SELECT customer_id, day, movement_type, arr_minor_after FROM fct_mrr_movements
-- expected: 2024-06-29 50.000000000 0.000000000 0.000000000 | 2024-06-30 50.000000000 50.000000000 50.000000000 from SELECT day, mrr_end, mrr_past_due, scheduled_churn_mrr FROM mrr_daily WHERE segment = 'all' AND day >= '2024-06-29' ORDER BY day
SET VARIABLE as_of = DATE '2024-07-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-01', changed := '2024-06-30') UNION ALL FROM a_customer('cus_2', '2024-01-01', changed := '2024-06-30');
INSERT INTO raw.prices BY NAME FROM a_price_row(starter(2000)) UNION ALL FROM a_price_row(professional(5000));
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_1', 'cus_1', '2024-01-01', [an_item('si_1', professional(5000))], status := 'past_due', changed := '2024-06-30 09:00',
    trial_start := '2024-01-01', trial_end := '2024-01-15', cancel_at_period_end := true) UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03', [an_item('si_2', starter(2000), quantity := 3)], status := 'canceled', changed := '2024-06-30 09:00', ended_at := '2024-03-10');
INSERT INTO raw.invoices BY NAME
FROM an_invoice('in_1', 'cus_1', '2024-01-15', subscription := 'sub_1', lines := [a_line('il_1', 'si_1', 'price_starter_2000month', '2024-01-15', '2024-02-15')]) UNION ALL
FROM an_invoice('in_2', 'cus_1', '2024-02-15', subscription := 'sub_1', lines := [a_line('il_2', 'si_1', 'price_starter_2000month', '2024-02-15', '2024-04-01')]) UNION ALL
FROM an_invoice('in_3', 'cus_1', '2024-03-01', subscription := 'sub_1', lines := [a_line('il_3', 'si_1', 'price_professional_5000month', '2024-03-01', '2024-04-01', proration := true)]) UNION ALL
FROM an_invoice('in_4', 'cus_2', '2024-01-03', subscription := 'sub_2', lines := [a_line('il_4', 'si_2', 'price_starter_2000month', '2024-01-03', '2024-02-03', quantity := 2)]);
