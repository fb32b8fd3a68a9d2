-- A charge's amount is what was captured: of the $80 only 30, so charges of 30 + 10 + 20. The hold of $50
-- is no charge, its release no refund; nor is what was given back of another hold. A failed charge was
-- never captured and stays a failed one.
-- expected: 3 60.000000000 1 4.000000000 1 30.000000000 0.333333333 0.500000000 from SELECT charges_succeeded, charge_volume, refunded_charges, refunded_volume, disputed_charges, disputed_volume, refund_rate, dispute_rate_volume FROM refunds_disputes_monthly WHERE segment = 'all'
-- expected: 3 1 60.000000000 from SELECT sum(successful_charges), sum(failed_charges), sum(gross_volume) FROM revenue_daily WHERE segment = 'all'
SET VARIABLE as_of = DATE '2024-02-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.charges BY NAME
FROM a_charge('ch_hold', 'cus_1', '2024-01-10 01:00', 5000, captured := 0) UNION ALL
FROM a_charge('ch_dropped', 'cus_1', '2024-01-10 01:30', 1500, captured := 0) UNION ALL
FROM a_charge('ch_part', 'cus_1', '2024-01-10 02:00', 8000, captured := 3000) UNION ALL
FROM a_charge('ch_small', 'cus_1', '2024-01-10 03:00', 1000) UNION ALL
FROM a_charge('ch_whole', 'cus_1', '2024-01-11 01:00', 2000) UNION ALL
FROM a_charge('ch_failed', 'cus_1', '2024-01-11 02:00', 2000, status := 'failed');
INSERT INTO raw.refunds BY NAME
FROM a_refund('re_release', 'ch_hold', '2024-01-17', 5000, reason := 'expired_uncaptured_charge') UNION ALL
FROM a_refund('re_dropped', 'ch_dropped', '2024-01-11', 1500, reason := 'requested_by_customer') UNION ALL
FROM a_refund('re_part', 'ch_part', '2024-01-12', 400, reason := 'requested_by_customer');
INSERT INTO raw.disputes BY NAME
FROM a_dispute('du_part', 'ch_part', '2024-01-20', 3000);
INSERT INTO raw.balance_transactions BY NAME
FROM a_ledger_entry('txn_1', '2024-01-10 02:00', 'charge', 8000, source := 'ch_part') UNION ALL
FROM a_ledger_entry('txn_2', '2024-01-10 02:00', 'partial_capture_reversal', -5000, source := 'ch_part') UNION ALL
FROM a_ledger_entry('txn_3', '2024-01-10 03:00', 'charge', 1000, source := 'ch_small') UNION ALL
FROM a_ledger_entry('txn_4', '2024-01-11 01:00', 'charge', 2000, source := 'ch_whole');
