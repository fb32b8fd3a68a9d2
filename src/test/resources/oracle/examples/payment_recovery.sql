-- in_1 is paid at once; in_2 fails on 31 January and is recovered in February (all three attempts count
-- in January); in_3 fails and is given up; in_4 (February) is still in recovery, so February's rates are
-- NULL until it is decided. A zero invoice has no charge and counts nowhere.
-- expected: 2024-01-01 3 70.000000000 2 50.000000000 0.666666667 0.714285714 1 20.000000000 0 0.500000000 0.400000000 6 2 0.333333333 | 2024-02-01 1 30.000000000 1 30.000000000 1.000000000 1.000000000 0 0.000000000 1 null null 1 0 0.000000000 | 2024-03-01 0 0.000000000 0 0.000000000 null null 0 0.000000000 0 null null 0 0 null from SELECT month, invoices_attempted, invoice_volume, first_attempt_failed, first_attempt_failed_volume, first_attempt_failure_rate, first_attempt_failure_rate_volume, recovered, recovered_volume, in_recovery, recovery_rate, recovery_rate_volume, attempts, attempts_succeeded, charge_success_rate FROM payment_health_monthly WHERE segment = 'all' ORDER BY month
-- expected: 2024-01-01 [{'code': insufficient_funds, 'count': 2}, {'code': do_not_honor, 'count': 1}, {'code': expired_card, 'count': 1}] 0.000000000 | 2024-02-01 [{'code': expired_card, 'count': 1}] 30.000000000 | 2024-03-01 [] 0.000000000 from SELECT month, payment_failures_by_code, involuntary_churn_mrr FROM payment_health_monthly WHERE segment = 'all' ORDER BY month
SET VARIABLE as_of = DATE '2024-04-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03') UNION ALL FROM a_customer('cus_2', '2024-01-03');
INSERT INTO raw.subscriptions BY NAME
FROM a_subscription('sub_2', 'cus_2', '2024-01-03', [an_item('si_2', starter(3000))], latest_invoice := 'in_3') UNION ALL
FROM a_subscription('sub_2', 'cus_2', '2024-01-03', [an_item('si_2', starter(3000))], status := 'canceled',
    changed := '2024-02-14', ended_at := '2024-02-14', latest_invoice := 'in_3');
INSERT INTO raw.invoices BY NAME
FROM an_invoice('in_0', 'cus_1', '2024-01-03', total := 0, paid_at := '2024-01-03') UNION ALL
FROM an_invoice('in_1', 'cus_1', '2024-01-10', total := 2000, paid_at := '2024-01-10', attempt_count := 1) UNION ALL
FROM an_invoice('in_2', 'cus_1', '2024-01-31', total := 2000, status := 'open', attempt_count := 1, next_payment_attempt := '2024-02-02') UNION ALL
FROM an_invoice('in_2', 'cus_1', '2024-01-31', total := 2000, paid_at := '2024-02-05', attempt_count := 3) UNION ALL
FROM an_invoice('in_3', 'cus_2', '2024-01-31', subscription := 'sub_2', total := 3000, status := 'open', attempt_count := 2) UNION ALL
FROM an_invoice('in_4', 'cus_1', '2024-02-28', total := 3000, status := 'open', attempt_count := 1, next_payment_attempt := '2024-04-02');
INSERT INTO raw.invoice_payments BY NAME
FROM an_invoice_payment('inpay_1', 'in_1', 'pi_1', '2024-01-10') UNION ALL
FROM an_invoice_payment('inpay_2', 'in_2', 'pi_2', '2024-01-31') UNION ALL
FROM an_invoice_payment('inpay_3', 'in_3', 'pi_3', '2024-01-31') UNION ALL
FROM an_invoice_payment('inpay_4', 'in_4', 'pi_4', '2024-02-28');
INSERT INTO raw.charges BY NAME
FROM a_charge('ch_1', 'cus_1', '2024-01-10 01:00', 2000, payment_intent := 'pi_1') UNION ALL
FROM a_charge('ch_2', 'cus_1', '2024-01-31 01:00', 2000, payment_intent := 'pi_2', status := 'failed', reason := 'insufficient_funds', failure_code := 'card_declined') UNION ALL
FROM a_charge('ch_3', 'cus_1', '2024-02-02 01:00', 2000, payment_intent := 'pi_2', status := 'failed', reason := 'insufficient_funds', failure_code := 'card_declined') UNION ALL
FROM a_charge('ch_4', 'cus_1', '2024-02-05 01:00', 2000, payment_intent := 'pi_2') UNION ALL
FROM a_charge('ch_5', 'cus_2', '2024-01-31 01:00', 3000, payment_intent := 'pi_3', status := 'failed', failure_code := 'expired_card') UNION ALL
FROM a_charge('ch_6', 'cus_2', '2024-02-03 01:00', 3000, payment_intent := 'pi_3', status := 'failed', reason := 'do_not_honor', failure_code := 'card_declined') UNION ALL
FROM a_charge('ch_7', 'cus_1', '2024-02-28 01:00', 3000, payment_intent := 'pi_4', status := 'failed', failure_code := 'expired_card');
