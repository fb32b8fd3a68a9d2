-- 1,000 payments and 10 disputes this month of which 3 on this month's payments → activity 1 %, cohort
-- 0.3 %. February has 1,000 charges of $10, January had 500. Two partial refunds of one charge count
-- once; the failed refund, the inquiry and the prevented dispute not at all. One dispute is won, two
-- are lost.
-- expected: 1000 10000.000000000 10 0.010000000 3 0.003000000 1 2 0.333333333 from SELECT charges_succeeded, charge_volume, disputed_charges, dispute_rate, cohort_disputed_charges, cohort_dispute_rate, disputes_won, disputes_lost, win_rate FROM refunds_disputes_monthly WHERE segment = 'all' AND month = '2024-02-01'
-- expected: 100.000000000 0.010000000 30.000000000 0.003000000 from SELECT disputed_volume, dispute_rate_volume, cohort_disputed_volume, cohort_dispute_rate_volume FROM refunds_disputes_monthly WHERE segment = 'all' AND month = '2024-02-01'
-- expected: 2024-01-01 0 0.000000000 1 7.000000000 | 2024-02-01 2 17.000000000 1 10.000000000 | 2024-03-01 0 0.000000000 0 0.000000000 from SELECT month, refunded_charges, refunded_volume, cohort_refunded_charges, cohort_refunded_volume FROM refunds_disputes_monthly WHERE segment = 'all' ORDER BY month LIMIT 3
-- expected: 2024-01-01 500 7 0.014000000 0.002000000 false | 2024-02-01 1000 3 0.003000000 0.001000000 true | 2024-03-01 0 0 null null true from SELECT month, charges_succeeded, cohort_disputed_charges, cohort_dispute_rate, cohort_refund_rate, is_provisional FROM refunds_disputes_monthly WHERE segment = 'all' ORDER BY month LIMIT 3
-- expected: 2024-01-01 0 400 0.000000000 ok 0 0 null ok | 2024-02-01 7 1000 0.007000000 ok 3 100 0.030000000 ok | 2024-03-01 0 0 null ok 0 0 null ok from SELECT month, visa_disputes, visa_charges, vamp_ratio, vamp_status, mastercard_disputes, mastercard_charges_previous_month, ecm_ratio, ecm_status FROM refunds_disputes_monthly WHERE segment = 'all' ORDER BY month LIMIT 3
-- expected: nothing from SELECT month FROM refunds_disputes_monthly WHERE segment <> 'all' AND (vamp_status IS NOT NULL OR ecm_status IS NOT NULL OR visa_disputes IS NOT NULL)
SET VARIABLE as_of = DATE '2024-05-31';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.charges BY NAME
SELECT c.* FROM range(500) t(n), LATERAL (FROM a_charge('ch_1_' || n, 'cus_1', '2024-01-10', 1000, brand := CASE WHEN n < 100 THEN 'mastercard' ELSE 'visa' END)) c
UNION ALL
SELECT c.* FROM range(1000) t(n), LATERAL (FROM a_charge('ch_2_' || n, 'cus_1', '2024-02-10', 1000)) c
UNION ALL FROM a_charge('ch_failed', 'cus_1', '2024-02-10', 1000, status := 'failed');
INSERT INTO raw.disputes BY NAME
SELECT d.* FROM range(3) t(n), LATERAL (FROM a_dispute('du_1_' || n, 'ch_1_' || n, '2024-02-20', 1000)) d UNION ALL
SELECT d.* FROM range(200, 204) t(n), LATERAL (FROM a_dispute('du_1_' || n, 'ch_1_' || n, '2024-02-20', 1000)) d UNION ALL
SELECT d.* FROM range(3) t(n), LATERAL (FROM a_dispute('du_2_' || n, 'ch_2_' || n, '2024-02-21', 1000)) d UNION ALL
FROM a_dispute('du_1_0', 'ch_1_0', '2024-02-20', 1000, status := 'won', changed := '2024-04-20') UNION ALL
FROM a_dispute('du_1_1', 'ch_1_1', '2024-02-20', 1000, status := 'lost', changed := '2024-04-20') UNION ALL
FROM a_dispute('du_2_0', 'ch_2_0', '2024-02-21', 1000, status := 'lost', changed := '2024-04-20') UNION ALL
FROM a_dispute('du_3', 'ch_2_500', '2024-02-21', 1000, status := 'warning_closed') UNION ALL
FROM a_dispute('du_4', 'ch_2_501', '2024-02-21', 1000, status := 'prevented');
INSERT INTO raw.refunds BY NAME
FROM a_refund('re_1', 'ch_1_300', '2024-02-01', 300) UNION ALL
FROM a_refund('re_2', 'ch_1_300', '2024-02-15', 400) UNION ALL
FROM a_refund('re_3', 'ch_2_600', '2024-02-15', 1000) UNION ALL
FROM a_refund('re_4', 'ch_2_601', '2024-02-15', 1000, status := 'failed');
