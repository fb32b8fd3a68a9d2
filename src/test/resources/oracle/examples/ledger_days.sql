-- A day of each kind of ledger entry. net = gross_volume + refunds + disputes + fees; payouts stand
-- apart; the fee of Stripe Billing and the payout belong to no customer.
-- expected: 2024-01-10 50.000000000 0.000000000 0.000000000 -1.750000000 48.250000000 0.000000000 1 1 | 2024-01-11 0.000000000 -20.000000000 0.000000000 -0.350000000 -20.350000000 0.000000000 0 0 | 2024-01-12 0.000000000 5.000000000 -50.000000000 -15.000000000 -60.000000000 0.000000000 0 0 | 2024-01-13 0.000000000 0.000000000 50.000000000 0.000000000 50.000000000 10.000000000 0 0 | 2024-01-14 0.000000000 0.000000000 0.000000000 0.000000000 0.000000000 0.000000000 0 0 from SELECT day, gross_volume, refunds, disputes, fees, net, payouts, successful_charges, failed_charges FROM revenue_daily WHERE segment = 'all' ORDER BY day
-- expected: north_america 2024-01-10 -16.750000000 18.250000000 0.000000000 | unattributed 2024-01-11 -0.350000000 -0.350000000 10.000000000 from SELECT segment_value, min(day), sum(fees), sum(net), sum(payouts) FROM revenue_daily WHERE segment = 'region' GROUP BY segment_value ORDER BY segment_value
SET VARIABLE as_of = DATE '2024-01-15';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.charges BY NAME
FROM a_charge('ch_0', 'cus_1', '2024-01-09 01:00', 5000, status := 'failed') UNION ALL
FROM a_charge('ch_1', 'cus_1', '2024-01-10 01:00', 5000) UNION ALL
FROM a_charge('ch_2', 'cus_1', '2024-01-10 02:00', 5000, status := 'failed');
INSERT INTO raw.refunds BY NAME FROM a_refund('re_1', 'ch_1', '2024-01-11', 2000);
INSERT INTO raw.disputes BY NAME FROM a_dispute('du_1', 'ch_1', '2024-01-12', 5000, status := 'won');
INSERT INTO raw.balance_transactions BY NAME
FROM a_ledger_entry('txn_1', '2024-01-10 01:00', 'charge', 5000, fee := 175, source := 'ch_1') UNION ALL
FROM a_ledger_entry('txn_2', '2024-01-11 01:00', 'refund', -2000, source := 're_1') UNION ALL
FROM a_ledger_entry('txn_3', '2024-01-11 02:00', 'fee', -35) UNION ALL
FROM a_ledger_entry('txn_4', '2024-01-12 01:00', 'dispute', -5000, fee := 1500, source := 'du_1') UNION ALL
FROM a_ledger_entry('txn_5', '2024-01-12 02:00', 'refund_failure', 500, source := 're_1') UNION ALL
FROM a_ledger_entry('txn_6', '2024-01-13 01:00', 'dispute_reversal', 5000, source := 'du_1') UNION ALL
FROM a_ledger_entry('txn_7', '2024-01-13 02:00', 'payout', -1000, source := 'po_1');
