-- marts.trial_funnel: from signup through trial to payment and retention, by month of the signup.
WITH
signups AS (
  SELECT id AS customer, month_of(day_of(min(created))) AS signup_month FROM known_customers GROUP BY id
),
-- "Paid = has an invoice with total > 0 and status paid; first payment = the earliest paid_at."
-- One that does not say when was paid when it was first seen paid.
seen_paid AS (
  SELECT id, min(_changed_at) AS seen_at FROM known_invoices WHERE status = 'paid' GROUP BY id
),
payments AS (
  SELECT i.customer, min(coalesce(i.status_transitions.paid_at, s.seen_at)) AS first_paid_at
  FROM latest_invoices i JOIN seen_paid s USING (id)
  WHERE i.total > 0 AND i.status = 'paid'
  GROUP BY i.customer
),
-- "trials_started (a trial_start not after the first payment, or no payment)"
trials AS (
  SELECT s.customer, max(s.trial_end) AS last_trial_end
  FROM known_subscriptions s LEFT JOIN payments p USING (customer)
  WHERE s.trial_start IS NOT NULL
    AND (p.first_paid_at IS NULL OR epoch_us(s.trial_start) <= epoch_us(p.first_paid_at))
  GROUP BY s.customer
),
-- "has MRR at the end of day first payment + n"
retained AS (
  SELECT p.customer, n, coalesce(c.arr, 0) > 0 AS has_mrr, day_of(p.first_paid_at) + n < as_of() AS is_old_enough
  FROM payments p CROSS JOIN (VALUES (30), (90), (365)) ages(n)
  LEFT JOIN customer_days c ON c.customer = p.customer AND c.day = day_of(p.first_paid_at) + n
),
counted AS (
  SELECT s.signup_month, g.segment, g.segment_value,
         count(*) AS signups,
         count(t.customer) AS trials_started,
         count(*) FILTER (WHERE t.customer IS NOT NULL AND p.customer IS NOT NULL) AS trials_converted,
         count(*) FILTER (WHERE t.customer IS NULL AND p.customer IS NOT NULL) AS paid_without_trial,
         count(p.customer) AS paid,
         max(local_time(t.last_trial_end)) AS last_trial_end,
         count(*) FILTER (WHERE r30.has_mrr) AS retained_30d,
         count(*) FILTER (WHERE r90.has_mrr) AS retained_90d,
         count(*) FILTER (WHERE r365.has_mrr) AS retained_365d,
         -- "and every payer is that old"
         coalesce(bool_and(r30.is_old_enough), true) AS all_30d,
         coalesce(bool_and(r90.is_old_enough), true) AS all_90d,
         coalesce(bool_and(r365.is_old_enough), true) AS all_365d
  FROM signups s
  JOIN customer_segments g USING (customer)
  LEFT JOIN trials t USING (customer)
  LEFT JOIN payments p USING (customer)
  LEFT JOIN retained r30 ON r30.customer = p.customer AND r30.n = 30
  LEFT JOIN retained r90 ON r90.customer = p.customer AND r90.n = 90
  LEFT JOIN retained r365 ON r365.customer = p.customer AND r365.n = 365
  GROUP BY s.signup_month, g.segment, g.segment_value
),
-- "Each segment value has a row per period from its first event (funnel: a signup)"
rows AS (
  SELECT segment, segment_value, unnest(months_between(min(signup_month), unfinished_month())) AS signup_month
  FROM counted GROUP BY segment, segment_value
),
dense AS (
  SELECT r.signup_month, r.segment, r.segment_value,
         coalesce(signups, 0) AS signups, coalesce(trials_started, 0) AS trials_started,
         coalesce(trials_converted, 0) AS trials_converted, coalesce(paid_without_trial, 0) AS paid_without_trial,
         coalesce(paid, 0) AS paid,
         -- "NULL until asOf ≥ month end + n days and every payer is that old; 0 without payers"
         CASE WHEN as_of() >= plus_months(r.signup_month, 1) + 30 AND coalesce(all_30d, true)
              THEN coalesce(retained_30d, 0) END AS retained_30d,
         CASE WHEN as_of() >= plus_months(r.signup_month, 1) + 90 AND coalesce(all_90d, true)
              THEN coalesce(retained_90d, 0) END AS retained_90d,
         CASE WHEN as_of() >= plus_months(r.signup_month, 1) + 365 AND coalesce(all_365d, true)
              THEN coalesce(retained_365d, 0) END AS retained_365d,
         last_trial_end
  FROM rows r LEFT JOIN counted c USING (signup_month, segment, segment_value)
)
SELECT signup_month, segment, segment_value,
       signups, trials_started, trials_converted, paid_without_trial, paid,
       retained_30d, retained_90d, retained_365d,
       ratio9(retained_30d, paid) AS retained_30d_rate,
       ratio9(retained_90d, paid) AS retained_90d_rate,
       ratio9(retained_365d, paid) AS retained_365d_rate,
       -- "converted / started", "paid / signups"
       ratio9(trials_converted, trials_started) AS trial_conversion_rate,
       ratio9(paid, signups) AS signup_to_paid_rate,
       -- "asOf ≥ max(month end, last trial_end) + 30 days"
       CAST(as_of() AS TIMESTAMP)
         >= greatest(CAST(plus_months(signup_month, 1) AS TIMESTAMP),
                     coalesce(last_trial_end, CAST(plus_months(signup_month, 1) AS TIMESTAMP))) + INTERVAL 30 DAY
         AS is_mature
FROM dense
ORDER BY signup_month, segment, segment_value
