-- Invoices that say themselves that they were attempted, though no charge of theirs was delivered.
-- at_once: paid at the first attempt, finalised on 31 January. third: failed on 1 February and paid at
-- the third. given_up: two attempts, none succeeded.
-- marked: one attempt, then paid out of band: recovered, but by no attempt. retrying: still in recovery
-- in March. next_day: finalised on 31 January, failed and paid on 1 February. unheard: given up in
-- February, and no event said when it failed. linked: its charge counts and not its own attempt_count. free, and by_hand: never attempted.
-- expected: 2024-01-01 3 36.000000000 1 6.000000000 0 0.000000000 0 0.000000000 3 2 0.666666667 | 2024-02-01 4 100.000000000 4 100.000000000 3 80.000000000 0 0.750000000 8 2 0.250000000 | 2024-03-01 1 50.000000000 1 50.000000000 0 0.000000000 1 null 1 0 0.000000000 from SELECT month, invoices_attempted, invoice_volume, first_attempt_failed, first_attempt_failed_volume, recovered, recovered_volume, in_recovery, recovery_rate, attempts, attempts_succeeded, charge_success_rate FROM payment_health_monthly WHERE segment = 'all' ORDER BY month
-- expected: 2024-01-01 [] | 2024-02-01 [] | 2024-03-01 [] from SELECT month, payment_failures_by_code FROM payment_health_monthly WHERE segment = 'all' ORDER BY month
SET VARIABLE as_of = DATE '2024-04-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.invoices BY NAME
FROM an_invoice('in_at_once', 'cus_1', '2024-01-31 22:00', total := 1000, attempt_count := 1, finalized_at := '2024-01-31 23:00', paid_at := '2024-01-31 23:00') UNION ALL
FROM an_invoice('in_third', 'cus_1', '2024-02-01 00:00', total := 3000, attempt_count := 1, status := 'open', finalized_at := '2024-02-01 01:00', changed := '2024-02-01 01:00') UNION ALL
FROM an_invoice('in_third', 'cus_1', '2024-02-01 00:00', total := 3000, attempt_count := 3, finalized_at := '2024-02-01 01:00', paid_at := '2024-02-09') UNION ALL
FROM an_invoice('in_given_up', 'cus_1', '2024-02-03', total := 2000, attempt_count := 2, status := 'uncollectible', finalized_at := '2024-02-03 01:00', changed := '2024-03-01') UNION ALL
FROM an_invoice('in_marked', 'cus_1', '2024-02-05', total := 1000, attempt_count := 1, finalized_at := '2024-02-05 01:00', paid_at := '2024-02-20', out_of_band := true) UNION ALL
FROM an_invoice('in_retrying', 'cus_1', '2024-03-30', total := 5000, attempt_count := 1, status := 'open', finalized_at := '2024-03-30 01:00', next_payment_attempt := '2024-04-03') UNION ALL
FROM an_invoice('in_next_day', 'cus_1', '2024-01-31 22:00', total := 4000, attempt_count := 2, finalized_at := '2024-01-31 23:00', paid_at := '2024-02-01 10:00') UNION ALL
FROM an_invoice('in_unheard', 'cus_1', '2024-01-31 22:00', total := 600, attempt_count := 1, status := 'uncollectible', finalized_at := '2024-01-31 23:00', changed := '2024-02-10') UNION ALL
FROM an_invoice('in_linked', 'cus_1', '2024-01-10', total := 2000, attempt_count := 4, finalized_at := '2024-01-10 01:00', paid_at := '2024-01-10 01:00') UNION ALL
FROM an_invoice('in_free', 'cus_1', '2024-01-10', total := 0, finalized_at := '2024-01-10 01:00', paid_at := '2024-01-10 01:00') UNION ALL
FROM an_invoice('in_by_hand', 'cus_1', '2024-01-10', total := 7000, finalized_at := '2024-01-10 01:00', paid_at := '2024-01-12');
INSERT INTO raw.events BY NAME
FROM an_event('evt_2', 'invoice.payment_failed', '2024-02-04', 'invoice', 'in_third') UNION ALL
FROM an_event('evt_1', 'invoice.payment_failed', '2024-02-01 01:00', 'invoice', 'in_third') UNION ALL
FROM an_event('evt_4', 'invoice.payment_failed', '2024-02-01 00:30', 'invoice', 'in_next_day') UNION ALL
FROM an_event('evt_3', 'invoice.finalized', '2024-02-01 01:00', 'invoice', 'in_third');
INSERT INTO raw.invoice_payments BY NAME
FROM an_invoice_payment('inpay_1', 'in_linked', 'pi_1', '2024-01-10 01:00', status := 'paid') UNION ALL
FROM an_invoice_payment('inpay_2', 'in_third', 'pi_2', '2024-01-31 23:00', status := 'paid');
INSERT INTO raw.charges BY NAME
FROM a_charge('ch_1', 'cus_1', '2024-01-10 01:00', 2000, payment_intent := 'pi_1');
