-- What lies before the first version that was seen is rebuilt, however many came later.
-- changed: on $20 for one, then for two seats by its invoices, then $50 as first seen on 20 March (a line
--   of that day counts no more), $70 from 1 May, cancelled on 1 June. An item that is gone was $10.
-- over: first seen in April as cancelled on 1 March, and once more later. Its trial ended on 20 January.
-- unpaid: never counted until it was seen to be paid. trial: trialing as long as nobody saw it end.
-- late: past due since it was seen, active before. paused: paid until it was seen to be paused.
-- expected: changed 2024-01-10 new 36000 | changed 2024-02-10 expansion 48000 | changed 2024-03-10 expansion 60000 | changed 2024-05-01 expansion 84000 | changed 2024-06-01 churn 0 | late 2024-01-10 new 24000 | over 2024-01-20 new 24000 | over 2024-03-01 churn 0 | paused 2024-01-10 new 24000 | paused 2024-03-10 churn 0 | trial 2024-02-12 new 24000 | unpaid 2024-04-01 new 24000 from SELECT customer_id, day, movement_type, arr_minor_after FROM fct_mrr_movements ORDER BY customer_id, day
-- expected: 2024-03-09 0.000000000 | 2024-03-10 20.000000000 | 2024-04-09 20.000000000 | 2024-04-10 0.000000000 from SELECT day, mrr_past_due FROM mrr_daily WHERE segment = 'all' AND day IN ('2024-03-09', '2024-03-10', '2024-04-09', '2024-04-10') ORDER BY day
SET VARIABLE as_of = DATE '2024-07-01';
CREATE TEMP MACRO seen(name, changed, status := 'active', price := NULL, ended_at := NULL, trial_start := NULL, trial_end := NULL, pause := NULL) AS TABLE
FROM a_subscription('sub_' || name, name, '2024-01-10', [an_item('si_' || name, coalesce(price, starter(2000)))], status := status, changed := changed,
    ended_at := ended_at, trial_start := trial_start, trial_end := trial_end, pause := pause);
INSERT INTO raw.prices BY NAME FROM a_price_row(starter(2000)) UNION ALL FROM a_price_row(starter(1000));
INSERT INTO raw.customers BY NAME
SELECT c.* FROM (VALUES ('changed'), ('over'), ('unpaid'), ('trial'), ('never_ended'), ('late'), ('paused')) t(id), LATERAL (FROM a_customer(t.id, '2024-01-03')) c;
INSERT INTO raw.subscriptions BY NAME
FROM seen('changed', '2024-03-20 09:00', price := professional(5000)) UNION ALL FROM seen('changed', '2024-05-01 09:00', price := professional(7000)) UNION ALL
FROM seen('changed', '2024-06-01 09:00', price := professional(7000), status := 'canceled', ended_at := '2024-06-01 09:00') UNION ALL
FROM seen('over', '2024-04-05', status := 'canceled', ended_at := '2024-03-01', trial_start := '2024-01-10', trial_end := '2024-01-20') UNION ALL
FROM seen('over', '2024-04-20', status := 'canceled', ended_at := '2024-03-01', trial_start := '2024-01-10', trial_end := '2024-01-20') UNION ALL
FROM seen('unpaid', '2024-03-15', status := 'unpaid') UNION ALL FROM seen('unpaid', '2024-04-01') UNION ALL
FROM seen('trial', '2024-02-01', status := 'trialing', trial_start := '2024-01-10', trial_end := '2024-02-10') UNION ALL
FROM seen('trial', '2024-02-12', trial_start := '2024-01-10', trial_end := '2024-02-10') UNION ALL
FROM seen('never_ended', '2024-02-01', status := 'trialing', trial_start := '2024-01-10', trial_end := '2024-02-10') UNION ALL
FROM seen('late', '2024-03-10', status := 'past_due') UNION ALL FROM seen('late', '2024-04-10') UNION ALL
FROM seen('paused', '2024-03-10', pause := 'void') UNION ALL FROM seen('paused', '2024-04-10', pause := 'void');
INSERT INTO raw.invoices BY NAME
FROM an_invoice('in_1', 'changed', '2024-01-10', subscription := 'sub_changed', lines := [
    a_line('il_1', 'si_changed', 'price_starter_2000month', '2024-01-10', '2024-02-10'),
    a_line('il_2', 'si_gone', 'price_starter_1000month', '2024-01-10', '2024-02-10')]) UNION ALL
FROM an_invoice('in_2', 'changed', '2024-02-10', subscription := 'sub_changed', lines := [
    a_line('il_3', 'si_changed', 'price_starter_2000month', '2024-02-10', '2024-03-10', quantity := 2)]) UNION ALL
FROM an_invoice('in_3', 'changed', '2024-03-20', subscription := 'sub_changed', lines := [
    a_line('il_4', 'si_changed', 'price_starter_2000month', '2024-03-20', '2024-04-20')]);
