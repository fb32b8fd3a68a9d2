-- A value that is none of those known is treated as none of them. A status is not counted (and a customer
-- who thereby has no MRR has neither ended nor gone unpaid: pause); a reason is unknown, also with an open
-- invoice; a coupon's duration never applies; a price's interval, scheme, usage or mode of tiers counts 0;
-- a behaviour of the pause keeps its MRR; a dispute is neither won nor lost; a refund did not succeed.
-- expected: behavior 2024-01-10 new 24000 null | duration 2024-01-10 new 24000 null | reason 2024-01-10 new 24000 null | reason 2024-02-10 churn 0 unknown | status 2024-01-10 new 24000 null | status 2024-02-10 churn 0 pause from SELECT customer_id, day, movement_type, arr_minor_after, churn_kind FROM fct_mrr_movements ORDER BY customer_id, day
-- expected: 1 1 0 0 null 0 from SELECT charges_succeeded, disputed_charges, disputes_won, disputes_lost, win_rate, refunded_charges FROM refunds_disputes_monthly WHERE segment = 'all' AND month = '2024-01-01'
SET VARIABLE as_of = DATE '2024-03-01';
CREATE TEMP MACRO known(name, changed := NULL, status := 'active', price := NULL, ended_at := NULL, reason := NULL, pause := NULL, discounts := CAST([] AS VARCHAR[])) AS TABLE
FROM a_subscription('sub_' || name, name, '2024-01-10', [an_item('si_' || name, coalesce(price, starter(2000)))], status := status, changed := changed,
    ended_at := ended_at, reason := reason, pause := pause, discounts := discounts, latest_invoice := 'in_' || name);
INSERT INTO raw.coupons BY NAME FROM a_coupon('seasonal', 'seasonal', percent_off := 50);
INSERT INTO raw.discounts BY NAME FROM a_discount('di_seasonal', 'seasonal', '2024-01-01');
INSERT INTO raw.customers BY NAME
SELECT c.* FROM (VALUES ('behavior'), ('duration'), ('reason'), ('status'), ('interval'), ('scheme'), ('usage'), ('mode')) t(id), LATERAL (FROM a_customer(t.id, '2024-01-03')) c;
INSERT INTO raw.subscriptions BY NAME
FROM known('behavior', pause := 'hold') UNION ALL FROM known('duration', discounts := ['di_seasonal']) UNION ALL
FROM known('reason') UNION ALL FROM known('reason', changed := '2024-02-10', status := 'canceled', ended_at := '2024-02-10', reason := 'plan_retired') UNION ALL
FROM known('status') UNION ALL FROM known('status', changed := '2024-02-10', status := 'suspended') UNION ALL
FROM known('interval', price := a_price('p1', 'prod_starter', 2000, 'fortnight')) UNION ALL
FROM known('scheme', price := a_price('p2', 'prod_starter', 2000, 'month', billing_scheme := 'matrix')) UNION ALL
FROM known('usage', price := a_price('p3', 'prod_starter', 2000, 'month', usage_type := 'reserved')) UNION ALL
FROM known('mode', price := a_price('p4', 'prod_starter', NULL, 'month', billing_scheme := 'tiered', tiers_mode := 'stepped', tiers := [a_tier(NULL, 2000)]));
INSERT INTO raw.invoices BY NAME
FROM an_invoice('in_reason', 'reason', '2024-02-03', subscription := 'sub_reason', status := 'open', total := 2000, attempt_count := 4);
INSERT INTO raw.charges BY NAME FROM a_charge('ch_1', 'reason', '2024-01-10', 2000);
INSERT INTO raw.disputes BY NAME FROM a_dispute('du_1', 'ch_1', '2024-01-20', 2000, status := 'under_appeal');
INSERT INTO raw.refunds BY NAME FROM a_refund('re_1', 'ch_1', '2024-01-20', 2000, status := 'held');
