-- 300 customers with one to three subscriptions each, whose versions are drawn by a hash: any status, any
-- price, pauses, scheduled ends, discounts. No figures are known, but the identities must hold.
-- mrr_end = mrr_start + movements, in every row; the net view likewise.
-- expected: 0 from SELECT count(*) FROM mrr_daily WHERE abs(mrr_start + mrr_new + mrr_reactivation + mrr_expansion + mrr_contraction + mrr_churn - mrr_end) > 0.000001
-- expected: 0 from SELECT count(*) FROM mrr_monthly WHERE abs(mrr_start + mrr_new + mrr_reactivation + mrr_expansion + mrr_contraction + mrr_churn - mrr_end) > 0.000001
-- expected: 0 from SELECT count(*) FROM mrr_monthly WHERE abs(mrr_start + net_new + net_reactivation + net_expansion + net_contraction + net_churn - mrr_end) > 0.000001
-- A customer's movements sum to its current MRR; its first movement is new and it has exactly one.
-- expected: 0 from SELECT count(*) FROM (SELECT customer_id, sum(arr_minor_change) AS total, count(*) FILTER (WHERE movement_type = 'new') AS news, arg_min(movement_type, day) AS first_one FROM fct_mrr_movements GROUP BY customer_id) LEFT JOIN customer_days d ON d.customer = customer_id AND d.day = as_of() - 1 WHERE total <> coalesce(d.arr, 0) OR news <> 1 OR first_one <> 'new'
-- expected: 0 from SELECT count(*) FROM (SELECT customer_id, day, arr_minor_before, lag(arr_minor_after, 1, 0) OVER (PARTITION BY customer_id ORDER BY day) AS expected FROM fct_mrr_movements) WHERE arr_minor_before <> expected
-- Customers roll forward; each period starts where the one before ended; there is no gap.
-- expected: 0 0 from SELECT (SELECT count(*) FROM mrr_daily WHERE customers_start + customers_new + customers_reactivated - customers_churned <> customers_end), (SELECT count(*) FROM mrr_monthly WHERE customers_start + customers_new + customers_reactivated - customers_churned <> customers_end)
-- expected: 0 from SELECT count(*) FROM (SELECT *, lag(mrr_end, 1, 0) OVER w AS p, lag(customers_end, 1, 0) OVER w AS c, lag(day) OVER w AS d FROM mrr_daily WINDOW w AS (PARTITION BY segment, segment_value ORDER BY day)) WHERE mrr_start <> p OR customers_start <> c OR d <> day - 1
-- expected: 0 from SELECT count(*) FROM (SELECT *, lag(mrr_end, 1, 0) OVER w AS p, lag(month) OVER w AS b FROM mrr_monthly WINDOW w AS (PARTITION BY segment, segment_value ORDER BY month)) WHERE mrr_start <> p OR b <> month - INTERVAL 1 MONTH
-- Monthly sums of daily movements; levels of the last day; the values of a segment sum to all.
-- expected: 0 from SELECT count(*) FROM mrr_monthly m JOIN (SELECT date_trunc('month', day) AS month, segment, segment_value, sum(customers_churned) AS churned, sum(mrr_expansion) AS expansion, arg_max(mrr_end, day) AS mrr_end, arg_max(mrr_past_due, day) AS past_due FROM mrr_daily GROUP BY ALL) d USING (month, segment, segment_value) WHERE churned <> customers_churned OR abs(expansion - mrr_expansion) > 0.000001 OR d.mrr_end <> m.mrr_end OR past_due <> mrr_past_due
-- expected: 0 from SELECT count(*) FROM (SELECT month, segment, sum(customers_end) AS c, sum(mrr_list_end) AS l, sum(mrr_churn) AS x FROM mrr_monthly GROUP BY ALL) v JOIN mrr_monthly a ON a.month = v.month AND a.segment = 'all' WHERE c <> a.customers_end OR abs(l - a.mrr_list_end) > 0.00001 OR abs(x - a.mrr_churn) > 0.00001
-- expected: 0 from SELECT count(*) FROM mrr_monthly WHERE abs(mrr_end_starter + mrr_end_professional + mrr_end_other - mrr_end) > 0.000001 OR mrr_end > mrr_list_end OR mrr_billed_end > mrr_end OR mrr_past_due > mrr_end OR scheduled_churn_mrr > mrr_end
-- Churn kinds and plans sum to the churned customers; 0 ≤ grr ≤ min(1, nrr).
-- expected: 0 from SELECT count(*) FROM churn_monthly c JOIN mrr_monthly m USING (month, segment, segment_value) WHERE voluntary_churned + involuntary_churned + dispute_churned + paused_churned + unknown_churned <> customers_churned OR starter_churned + professional_churned + other_churned <> customers_churned OR c.customers_start <> m.customers_start
-- expected: 0 from SELECT count(*) FROM churn_monthly WHERE grr_1m < 0 OR grr_1m > least(1, nrr_1m) OR grr_12m < 0 OR grr_12m > least(1, nrr_12m)
-- The cohorts of a month's end are that month's customers and MRR.
-- expected: 0 from SELECT count(*) FROM (SELECT cohort_month + to_months(months_since::INT) AS month, segment, segment_value, sum(customers_active) AS active, sum(mrr) AS mrr FROM retention_cohorts GROUP BY ALL) JOIN mrr_monthly USING (month, segment, segment_value) WHERE active <> customers_end OR abs(mrr - mrr_end) > 0.00001
-- And the account is not empty: every type of movement and every kind of churn but dispute occurs.
-- expected: churn | contraction | expansion | new | reactivation from SELECT DISTINCT movement_type FROM fct_mrr_movements ORDER BY movement_type
-- expected: involuntary | pause | unknown | voluntary from SELECT DISTINCT churn_kind FROM fct_mrr_movements WHERE churn_kind IS NOT NULL ORDER BY churn_kind
SET VARIABLE as_of = DATE '2025-07-10';
CREATE TEMP MACRO draw(salt, n) AS CAST(hash(salt) % n AS INTEGER);
INSERT INTO raw.coupons BY NAME
FROM a_coupon('third', 'forever', percent_off := 33.3) UNION ALL FROM a_coupon('repeating', 'repeating', percent_off := 50);
INSERT INTO raw.discounts BY NAME
FROM a_discount('di_third', 'third', '2024-02-01', ends := '2025-01-15 08:00') UNION ALL FROM a_discount('di_repeating', 'repeating', '2024-01-01', ends := '2025-03-01');
INSERT INTO raw.customers BY NAME
SELECT c.* FROM range(300) t(n), LATERAL (
  FROM a_customer('cus_' || n, '2024-01-01', country := ['US', 'DE', 'JP', 'BR', NULL][1 + draw(n || 'country', 5)],
                  channel := ['organic', 'referral', NULL][1 + draw(n || 'channel', 3)])) c;
INSERT INTO raw.subscriptions BY NAME
WITH subscriptions AS (
  SELECT n, s, n || '_' || s AS id, TIMESTAMP '2024-01-01' + to_hours(draw(n || s || 'start', 9000)) AS starts
  FROM range(300) t(n), LATERAL (SELECT unnest(range(1 + draw(n || 'subscriptions', 3))) AS s)
),
versions AS (
  SELECT *, unnest(range(1 + draw(id || 'versions', 12))) AS v FROM subscriptions
),
drawn AS (
  SELECT *,
         CASE WHEN v = 0 THEN starts
              ELSE date_trunc('day', starts) + to_days(CAST(v AS INTEGER) * (1 + draw(id || 'pace', 40))) + to_minutes(draw(id || v, 1440))
         END AS changed,
         max(v) OVER (PARTITION BY id) AS last_v
  FROM versions
)
SELECT x.* FROM drawn d, LATERAL (
  FROM a_subscription('sub_' || d.id, 'cus_' || d.n, d.starts,
    [an_item('si_' || d.id || '_a', CASE WHEN draw(d.id || d.v || 'plan', 2) = 0 THEN starter(2000 + 500 * draw(d.id || d.v || 'price', 3)) ELSE professional(50001, 'year') END),
     an_item('si_' || d.id || '_b', a_price('addon', 'prod_addon', 777, 'week', currency := 'eur', options := [an_option('usd', 855)]), quantity := draw(d.id || d.v || 'quantity', 4),
             discounts := CASE WHEN draw(d.id || 'repeating', 5) = 0 THEN ['di_repeating'] ELSE CAST([] AS VARCHAR[]) END)],
    status := CASE WHEN d.v = d.last_v AND draw(d.id || 'end', 2) = 0 THEN 'canceled'
                   ELSE ['active', 'active', 'active', 'past_due', 'unpaid', 'trialing'][1 + draw(d.id || d.v || 'status', 6)] END,
    changed := d.changed,
    ended_at := CASE WHEN d.v = d.last_v AND draw(d.id || 'end', 2) = 0 THEN d.changed END,
    reason := ['cancellation_requested', 'payment_failed', NULL][1 + draw(d.id || 'reason', 3)],
    cancel_at_period_end := draw(d.id || d.v || 'scheduled', 5) = 0,
    pause := CASE WHEN draw(d.id || d.v || 'pause', 8) = 0 THEN 'void' END,
    discounts := CASE WHEN draw(d.id || 'third', 3) = 0 THEN ['di_third'] ELSE CAST([] AS VARCHAR[]) END)) x;
