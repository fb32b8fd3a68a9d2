-- Objects of test mode are looked at nowhere: of two customers with the same history one is a test.
-- expected: cus_live 2024-01-10 new 24000 from SELECT customer_id, day, movement_type, arr_minor_after FROM fct_mrr_movements
-- expected: 1 1 1 20.000000000 1 1 1 from SELECT (SELECT signups FROM trial_funnel WHERE segment = 'all'), (SELECT paid FROM trial_funnel WHERE segment = 'all'), charges_succeeded, charge_volume, disputed_charges, (SELECT invoices_attempted FROM payment_health_monthly WHERE segment = 'all'), (SELECT attempts FROM payment_health_monthly WHERE segment = 'all') FROM refunds_disputes_monthly WHERE segment = 'all'
SET VARIABLE as_of = DATE '2024-02-01';
INSERT INTO raw.customers BY NAME
SELECT c.* FROM (VALUES ('live'), ('test')) t(mode), LATERAL (FROM a_customer('cus_' || t.mode, '2024-01-03')) c;
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_live', 'cus_live', '2024-01-10', [an_item('si_live', starter(2000))]) UNION ALL
FROM a_subscription('sub_test', 'cus_test', '2024-01-10', [an_item('si_test', starter(2000))]);
INSERT INTO raw.invoices BY NAME
FROM an_invoice('in_live', 'cus_live', '2024-01-10', total := 2000, paid_at := '2024-01-10', attempt_count := 1) UNION ALL
FROM an_invoice('in_test', 'cus_test', '2024-01-10', total := 2000, paid_at := '2024-01-10', attempt_count := 1);
INSERT INTO raw.invoice_payments BY NAME
FROM an_invoice_payment('inpay_live', 'in_live', 'pi_live', '2024-01-10') UNION ALL FROM an_invoice_payment('inpay_test', 'in_test', 'pi_test', '2024-01-10');
INSERT INTO raw.charges BY NAME
FROM a_charge('ch_live', 'cus_live', '2024-01-10', 2000, payment_intent := 'pi_live') UNION ALL FROM a_charge('ch_test', 'cus_test', '2024-01-10', 2000, payment_intent := 'pi_test');
INSERT INTO raw.disputes BY NAME
FROM a_dispute('du_live', 'ch_live', '2024-01-20', 2000) UNION ALL FROM a_dispute('du_test', 'ch_test', '2024-01-20', 2000);
UPDATE raw.customers SET livemode = false WHERE id = named('cus_test');
UPDATE raw.subscriptions SET livemode = false WHERE id = named('sub_test');
UPDATE raw.invoices SET livemode = false WHERE id = named('in_test');
UPDATE raw.invoice_payments SET livemode = false WHERE id = named('inpay_test');
UPDATE raw.charges SET livemode = false WHERE id = named('ch_test');
UPDATE raw.disputes SET livemode = false WHERE id = named('du_test');
