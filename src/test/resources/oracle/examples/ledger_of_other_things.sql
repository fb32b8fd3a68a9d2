-- What is neither sale, refund, dispute, fee nor payout is other: a top-up, a transfer, a reserve, an
-- adjustment, and what nobody knows yet. Their fees are fees. A payment that fails later takes back its
-- sale. Euros settle at 1.1, yen at 0.67 cents, fees and amounts each: on the 12th €50.05 less €1.25 are
-- 55.06 − 1.38 = 53.68, ¥3001 are 20.11.
-- expected: 2024-01-10 100.000000000 0.000000000 -3.200000000 0.000000000 96.800000000 0.000000000 | 2024-01-11 0.000000000 0.000000000 -1.000000000 -112.000000000 -113.000000000 0.000000000 | 2024-01-12 75.170000000 0.000000000 -1.380000000 0.000000000 73.790000000 11.000000000 | 2024-01-13 -100.000000000 0.000000000 -5.000000000 0.000000000 -105.000000000 0.000000000 from SELECT day, gross_volume, refunds, fees, other, net, payouts FROM revenue_daily WHERE segment = 'all' ORDER BY day
-- expected: 0 from SELECT count(*) FROM revenue_daily WHERE net <> gross_volume + refunds + disputes + fees + other
SET VARIABLE as_of = DATE '2024-01-14';
INSERT INTO raw.balance_transactions BY NAME
FROM a_ledger_entry('txn_1', '2024-01-10 01:00', 'charge', 10000, fee := 320, source := 'py_1') UNION ALL
FROM a_ledger_entry('txn_2', '2024-01-11 01:00', 'topup', 20000) UNION ALL
FROM a_ledger_entry('txn_3', '2024-01-11 02:00', 'transfer', -30000, fee := 100) UNION ALL
FROM a_ledger_entry('txn_4', '2024-01-11 03:00', 'risk_reserved_funds', -1500) UNION ALL
FROM a_ledger_entry('txn_5', '2024-01-11 04:00', 'other_adjustment', 500) UNION ALL
FROM a_ledger_entry('txn_6', '2024-01-11 05:00', 'a_category_of_tomorrow', -200) UNION ALL
FROM a_ledger_entry('txn_7', '2024-01-12 01:00', 'charge', 5005, fee := 125, currency := 'eur') UNION ALL
FROM a_ledger_entry('txn_8', '2024-01-12 02:00', 'charge', 3001, currency := 'jpy') UNION ALL
FROM a_ledger_entry('txn_9', '2024-01-12 03:00', 'payout', -1000, currency := 'eur') UNION ALL
FROM a_ledger_entry('txn_10', '2024-01-13 01:00', 'charge_failure', -10000, fee := 500, source := 'py_1');
