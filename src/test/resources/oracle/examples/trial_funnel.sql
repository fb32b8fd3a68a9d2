-- 10 trials, 5 paid → 50 %. Of 14 signups in January 10 start a trial and 5 of these pay on 1 February,
-- 2 buy without a trial on 20 January (of whom cus_10 has a trial later, which does not count, and
-- cus_11 is gone the same day: paid, never MRR), 2 never subscribe. cus_0 and cus_1 have left by
-- day 30, all but cus_10 by day 365. A paid invoice of $0 is no payment. That of cus_4 does not say when
-- it was paid: it was when it was first seen paid, on 1 February, and not on the 10th.
-- expected: 14 10 5 2 7 4 1 null from SELECT signups, trials_started, trials_converted, paid_without_trial, paid, retained_30d, retained_90d, retained_365d FROM trial_funnel WHERE segment = 'all' AND signup_month = '2024-01-01'
-- expected: 0.500000000 0.500000000 0.571428571 0.142857143 null true from SELECT trial_conversion_rate, signup_to_paid_rate, retained_30d_rate, retained_90d_rate, retained_365d_rate, is_mature FROM trial_funnel WHERE segment = 'all' AND signup_month = '2024-01-01'
-- expected: 2024-02-01 0 0 null null 0 0 null null | 2024-03-01 1 0 null 0.000000000 0 0 null null | 2024-04-01 0 0 null null 0 0 null null | 2024-05-01 0 0 null null 0 null null null | 2024-06-01 0 0 null null 0 null null null | 2024-07-01 0 0 null null null null null null from SELECT signup_month, signups, trials_started, trial_conversion_rate, signup_to_paid_rate, retained_30d, retained_90d, retained_365d, retained_30d_rate FROM trial_funnel WHERE segment = 'all' AND signup_month > '2024-01-01' ORDER BY signup_month
-- expected: starter 12 | none 2 from SELECT segment_value, signups FROM trial_funnel WHERE segment = 'initial_plan' AND signup_month = '2024-01-01' ORDER BY signups DESC
SET VARIABLE as_of = DATE '2024-08-01';
INSERT INTO raw.customers BY NAME
SELECT c.* FROM range(14) t(n), LATERAL (FROM a_customer('cus_' || n, '2024-01-18')) c
UNION ALL FROM a_customer('cus_14', '2024-03-18');
-- Trials from 18 January to 1 February.
INSERT INTO raw.subscriptions BY NAME
SELECT s.* FROM range(10) t(n), LATERAL (FROM a_subscription('sub_' || n, 'cus_' || n, '2024-01-18', [an_item('si_' || n, starter(2000))],
    status := 'trialing', trial_start := '2024-01-18', trial_end := '2024-02-01')) s
UNION ALL
SELECT s.* FROM range(5) t(n), LATERAL (FROM a_subscription('sub_' || n, 'cus_' || n, '2024-01-18', [an_item('si_' || n, starter(2000))],
    changed := '2024-02-01', trial_start := '2024-01-18', trial_end := '2024-02-01')) s
UNION ALL
SELECT s.* FROM range(5, 10) t(n), LATERAL (FROM a_subscription('sub_' || n, 'cus_' || n, '2024-01-18', [an_item('si_' || n, starter(2000))],
    status := 'canceled', changed := '2024-02-01', ended_at := '2024-02-01', trial_start := '2024-01-18', trial_end := '2024-02-01')) s
UNION ALL
SELECT s.* FROM range(2) t(n), LATERAL (FROM a_subscription('sub_' || n, 'cus_' || n, '2024-01-18', [an_item('si_' || n, starter(2000))],
    status := 'canceled', changed := '2024-03-02', ended_at := '2024-03-02', trial_start := '2024-01-18', trial_end := '2024-02-01')) s
UNION ALL
SELECT s.* FROM range(2, 5) t(n), LATERAL (FROM a_subscription('sub_' || n, 'cus_' || n, '2024-01-18', [an_item('si_' || n, starter(2000))],
    status := 'canceled', changed := '2024-03-03', ended_at := '2024-03-03', trial_start := '2024-01-18', trial_end := '2024-02-01')) s
UNION ALL FROM a_subscription('sub_10', 'cus_10', '2024-01-20', [an_item('si_10', starter(2000))])
UNION ALL FROM a_subscription('sub_10b', 'cus_10', '2024-04-20', [an_item('si_10b', professional(5000))], status := 'trialing', trial_start := '2024-04-20', trial_end := '2024-07-25')
UNION ALL FROM a_subscription('sub_10b', 'cus_10', '2024-04-20', [an_item('si_10b', professional(5000))], status := 'canceled', trial_start := '2024-04-20', trial_end := '2024-07-25', changed := '2024-04-21', ended_at := '2024-04-21')
UNION ALL FROM a_subscription('sub_11', 'cus_11', '2024-01-20 10:00', [an_item('si_11', starter(2000))], status := 'canceled', changed := '2024-01-20 12:00', ended_at := '2024-01-20 12:00');
INSERT INTO raw.invoices BY NAME
SELECT i.* FROM range(10) t(n), LATERAL (FROM an_invoice('in_trial_' || n, 'cus_' || n, '2024-01-18', subscription := 'sub_' || n, total := 0, paid_at := '2024-01-18')) i
UNION ALL
SELECT i.* FROM range(4) t(n), LATERAL (FROM an_invoice('in_' || n, 'cus_' || n, '2024-02-01', subscription := 'sub_' || n, total := 2000, paid_at := '2024-02-01 01:00')) i
UNION ALL FROM an_invoice('in_4', 'cus_4', '2024-02-01', subscription := 'sub_4', total := 2000, changed := '2024-02-01 01:00')
UNION ALL FROM an_invoice('in_4', 'cus_4', '2024-02-01', subscription := 'sub_4', total := 2000, changed := '2024-02-10')
UNION ALL
SELECT i.* FROM range(5, 10) t(n), LATERAL (FROM an_invoice('in_' || n, 'cus_' || n, '2024-02-01', subscription := 'sub_' || n, total := 2000, status := 'void')) i
UNION ALL
SELECT i.* FROM range(10, 12) t(n), LATERAL (FROM an_invoice('in_' || n, 'cus_' || n, '2024-01-20', subscription := 'sub_' || n, total := 2000, paid_at := '2024-01-20 10:01')) i;
