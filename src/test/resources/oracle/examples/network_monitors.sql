-- VAMP is excessive from 1.5 % with at least 1,500 disputes: at both limits in February. Mastercard
-- compares with the month before: 300 of 10,000 are 3 % → hecm, 150 of 10,000 → ecm, 99 → ok.
-- expected: 2024-02-01 1500 100000 0.015000000 excessive 300 10000 0.030000000 hecm | 2024-03-01 1499 10000 0.149900000 ok 150 10000 0.015000000 ecm | 2024-04-01 0 0 null ok 99 100 0.990000000 ok from SELECT month, visa_disputes, visa_charges, vamp_ratio, vamp_status, mastercard_disputes, mastercard_charges_previous_month, ecm_ratio, ecm_status FROM refunds_disputes_monthly WHERE segment = 'all' AND month > '2024-01-01' ORDER BY month
SET VARIABLE as_of = DATE '2024-05-01';
INSERT INTO raw.customers BY NAME FROM a_customer('cus_1', '2024-01-03');
INSERT INTO raw.charges BY NAME
SELECT c.* FROM range(10000) t(n), LATERAL (FROM a_charge('ch_1m_' || n, 'cus_1', '2024-01-10', 1000, brand := 'mastercard')) c UNION ALL
SELECT c.* FROM range(100000) t(n), LATERAL (FROM a_charge('ch_2v_' || n, 'cus_1', '2024-02-10', 1000)) c UNION ALL
SELECT c.* FROM range(10000) t(n), LATERAL (FROM a_charge('ch_2m_' || n, 'cus_1', '2024-02-10', 1000, brand := 'mastercard')) c UNION ALL
SELECT c.* FROM range(10000) t(n), LATERAL (FROM a_charge('ch_3v_' || n, 'cus_1', '2024-03-10', 1000)) c UNION ALL
SELECT c.* FROM range(100) t(n), LATERAL (FROM a_charge('ch_3m_' || n, 'cus_1', '2024-03-10', 1000, brand := 'mastercard')) c;
INSERT INTO raw.disputes BY NAME
SELECT d.* FROM range(1500) t(n), LATERAL (FROM a_dispute('du_2v_' || n, 'ch_2v_' || n, '2024-02-20', 1000)) d UNION ALL
SELECT d.* FROM range(300) t(n), LATERAL (FROM a_dispute('du_2m_' || n, 'ch_1m_' || n, '2024-02-20', 1000)) d UNION ALL
SELECT d.* FROM range(1499) t(n), LATERAL (FROM a_dispute('du_3v_' || n, 'ch_3v_' || n, '2024-03-20', 1000)) d UNION ALL
SELECT d.* FROM range(150) t(n), LATERAL (FROM a_dispute('du_3m_' || n, 'ch_2m_' || n, '2024-03-20', 1000)) d UNION ALL
SELECT d.* FROM range(99) t(n), LATERAL (FROM a_dispute('du_4m_' || n, 'ch_3m_' || n, '2024-04-20', 1000)) d;
