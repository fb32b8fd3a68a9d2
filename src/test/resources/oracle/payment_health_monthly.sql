-- marts.payment_health_monthly: how invoices get paid, and what is lost when they are not.
WITH
-- "Invoices with at least one charge (invoice_payment → payment_intent → charges)"
linked AS (
  SELECT DISTINCT p.invoice, c.id AS charge, c.created, c.status, c.outcome_reason, c.failure_code
  FROM latest_invoice_payments p
  JOIN latest_charges c ON c.payment_intent = p.payment_intent OR c.id = p.charge
),
-- "those that say themselves that they were attempted (attempted, attempt_count > 0) though no charge is
-- linked: these have attempt_count attempts from the first invoice.payment_failed or finalized_at on"
unlinked AS (
  SELECT i.id AS invoice, i.attempt_count,
         coalesce(f.first_failed_at, i.status_transitions.finalized_at, i.created) AS created,
         -- "of which the last succeeded if the invoice is paid (not out of band)"
         i.status = 'paid' AND i.id NOT IN (SELECT invoice FROM paid_out_of_band) AS last_succeeded
  FROM latest_invoices i LEFT JOIN first_failures f ON f.invoice = i.id
  WHERE i.attempted AND i.attempt_count > 0 AND i.id NOT IN (SELECT invoice FROM linked)
),
attempts AS (
  SELECT invoice, charge, created, status, true AS is_linked, outcome_reason, failure_code FROM linked
  UNION ALL
  SELECT invoice, lpad(CAST(n AS VARCHAR), 10, '0'), created,
         CASE WHEN n = attempt_count AND last_succeeded THEN 'succeeded' ELSE 'failed' END, false, NULL, NULL
  FROM unlinked, unnest(range(1, attempt_count + 1)) AS t(n)
),
-- "all their attempts counted in the month of the first"
numbered AS (
  SELECT *, row_number() OVER in_order AS attempt, first_value(created) OVER in_order AS first_created
  FROM attempts
  WINDOW in_order AS (PARTITION BY invoice ORDER BY created, charge)
),
invoices AS (
  SELECT i.id AS invoice, coalesce(i.customer, '') AS customer, i.status, i.next_payment_attempt,
         month_of(day_of(n.created)) AS month,
         converted(i.amount_due, r.rate, i.currency) AS volume,
         n.status = 'failed' AS first_failed
  FROM numbered n JOIN latest_invoices i ON i.id = n.invoice LEFT JOIN rates r ON r.currency = i.currency
  WHERE n.attempt = 1
),
outcomes AS (
  SELECT *,
         -- "recovered = first attempt failed, now paid"
         first_failed AND status = 'paid' AS is_recovered,
         -- "in_recovery = first failed, open, next_payment_attempt set"
         first_failed AND status = 'open' AND next_payment_attempt IS NOT NULL AS is_in_recovery
  FROM invoices
),
invoice_sums AS (
  SELECT o.month, g.segment, g.segment_value,
         count(*) AS invoices_attempted,
         sum(volume) AS invoice_volume,
         count(*) FILTER (WHERE first_failed) AS first_attempt_failed,
         coalesce(sum(volume) FILTER (WHERE first_failed), 0) AS first_attempt_failed_volume,
         count(*) FILTER (WHERE is_recovered) AS recovered,
         coalesce(sum(volume) FILTER (WHERE is_recovered), 0) AS recovered_volume,
         count(*) FILTER (WHERE is_in_recovery) AS in_recovery
  FROM outcomes o JOIN customer_segments g USING (customer)
  GROUP BY o.month, g.segment, g.segment_value
),
attempt_sums AS (
  SELECT o.month, g.segment, g.segment_value,
         count(*) AS attempts, count(*) FILTER (WHERE n.status = 'succeeded') AS attempts_succeeded
  FROM numbered n JOIN outcomes o USING (invoice) JOIN customer_segments g USING (customer)
  GROUP BY o.month, g.segment, g.segment_value
),
-- "code = outcome.reason, else failure_code; REPEATED RECORD (code, count) by count descending, then
-- code"
code_counts AS (
  SELECT o.month, g.segment, g.segment_value, coalesce(n.outcome_reason, n.failure_code, 'unknown') AS code,
         count(*) AS failures
  FROM numbered n JOIN outcomes o USING (invoice) JOIN customer_segments g USING (customer)
  WHERE n.status = 'failed' AND n.is_linked
  GROUP BY o.month, g.segment, g.segment_value, coalesce(n.outcome_reason, n.failure_code, 'unknown')
),
codes AS (
  SELECT month, segment, segment_value, list({'code': code, 'count': failures} ORDER BY failures DESC, code) AS by_code
  FROM code_counts GROUP BY month, segment, segment_value
),
-- "involuntary_churn_mrr is positive and by month of the churn"
involuntary AS (
  SELECT month_of(m.day) AS month, g.segment, g.segment_value, -sum(m.change) AS arr
  FROM movements m JOIN customer_segments g USING (customer)
  WHERE m.churn_kind = 'involuntary'
  GROUP BY month_of(m.day), g.segment, g.segment_value
),
rows AS (
  SELECT segment, segment_value, unnest(months_between(min(month), unfinished_month())) AS month
  FROM invoice_sums GROUP BY segment, segment_value
)
SELECT month, segment, segment_value,
       coalesce(invoices_attempted, 0) AS invoices_attempted,
       major(coalesce(invoice_volume, 0)) AS invoice_volume,
       coalesce(first_attempt_failed, 0) AS first_attempt_failed,
       major(coalesce(first_attempt_failed_volume, 0)) AS first_attempt_failed_volume,
       ratio9(first_attempt_failed, invoices_attempted) AS first_attempt_failure_rate,
       ratio9(first_attempt_failed_volume, invoice_volume) AS first_attempt_failure_rate_volume,
       coalesce(recovered, 0) AS recovered,
       major(coalesce(recovered_volume, 0)) AS recovered_volume,
       coalesce(in_recovery, 0) AS in_recovery,
       -- "while it is above 0 the recovery rates are NULL"
       CASE WHEN in_recovery = 0 THEN ratio9(recovered, first_attempt_failed) END AS recovery_rate,
       CASE WHEN in_recovery = 0 THEN ratio9(recovered_volume, first_attempt_failed_volume) END AS recovery_rate_volume,
       coalesce(attempts, 0) AS attempts,
       coalesce(attempts_succeeded, 0) AS attempts_succeeded,
       ratio9(attempts_succeeded, attempts) AS charge_success_rate,
       coalesce(by_code, []) AS payment_failures_by_code,
       mrr(coalesce(v.arr, 0)) AS involuntary_churn_mrr
FROM rows
LEFT JOIN invoice_sums USING (segment, segment_value, month)
LEFT JOIN attempt_sums USING (segment, segment_value, month)
LEFT JOIN codes USING (segment, segment_value, month)
LEFT JOIN involuntary v USING (segment, segment_value, month)
ORDER BY month, segment, segment_value
