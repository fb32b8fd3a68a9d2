-- marts.revenue_daily: the ledger by day, its settlement amounts in the reporting currency.
WITH
-- "objects that name no customer (disputes, ledger rows) find theirs" through what they are about
owners AS (
  SELECT id AS object, customer FROM latest_charges
  UNION ALL
  SELECT f.id, coalesce(c.customer, f.customer)
  FROM latest_refunds f LEFT JOIN latest_charges c ON c.id = f.charge
  UNION ALL
  SELECT d.id, c.customer FROM latest_disputes d LEFT JOIN latest_charges c ON c.id = d.charge
),
-- "Rows that belong to no customer have segment_value unattributed, so totals tie."
segments AS (
  SELECT customer, segment,
         CASE WHEN customer = '' AND segment <> 'all' THEN 'unattributed' ELSE segment_value END AS segment_value
  FROM customer_segments
),
ledger AS (
  SELECT day_of(b.created) AS day, coalesce(o.customer, '') AS customer,
         CASE WHEN b.reporting_category IN ('payout', 'payout_reversal') THEN 'payout'
              WHEN b.reporting_category IN ('refund', 'refund_failure') THEN 'refund'
              WHEN b.reporting_category IN ('dispute', 'dispute_reversal') THEN 'dispute'
              WHEN b.reporting_category = 'fee' THEN 'fee'
              WHEN b.reporting_category IN ('charge', 'charge_failure', 'partial_capture_reversal') THEN 'charge'
              ELSE 'other' END AS part,
         converted(b.amount, settlement_rate(r.rate, b.currency), b.currency) AS amount,
         converted(b.fee, settlement_rate(r.rate, b.currency), b.currency) AS fee
  FROM latest_balance_transactions b LEFT JOIN owners o ON o.object = b.source LEFT JOIN rates r USING (currency)
),
ledger_sums AS (
  SELECT l.day, s.segment, s.segment_value,
         coalesce(sum(amount) FILTER (WHERE part = 'charge'), 0) AS gross_volume,
         coalesce(sum(amount) FILTER (WHERE part = 'refund'), 0) AS refunds,
         coalesce(sum(amount) FILTER (WHERE part = 'dispute'), 0) AS disputes,
         -- "what is neither sale, refund, dispute, fee nor payout"
         coalesce(sum(amount) FILTER (WHERE part = 'other'), 0) AS other,
         -- fees kept from other entries, and entries that are fees themselves
         coalesce(sum(amount) FILTER (WHERE part = 'fee'), 0)
           - coalesce(sum(fee) FILTER (WHERE part <> 'payout'), 0) AS fees,
         -- "ties to Σ balance_transactions.net without payouts"; of converted parts, so that the row adds up
         coalesce(sum(amount - fee) FILTER (WHERE part <> 'payout'), 0) AS net,
         -- "balance = Σ net − Σ payouts"
         -coalesce(sum(amount - fee) FILTER (WHERE part = 'payout'), 0) AS payouts
  FROM ledger l JOIN segments s USING (customer)
  GROUP BY l.day, s.segment, s.segment_value
),
charge_sums AS (
  SELECT day_of(c.created) AS day, s.segment, s.segment_value,
         count(*) FILTER (WHERE c.status = 'succeeded' AND NOT c.is_hold) AS successful_charges,
         count(*) FILTER (WHERE c.status = 'failed') AS failed_charges
  FROM latest_charges c JOIN segments s ON s.customer = coalesce(c.customer, '')
  GROUP BY day_of(c.created), s.segment, s.segment_value
),
-- "from its first event (revenue: a ledger entry)"
rows AS (
  SELECT segment, segment_value, unnest(days_between(min(day), as_of())) AS day
  FROM ledger_sums GROUP BY segment, segment_value
)
SELECT day, segment, segment_value,
       major(coalesce(gross_volume, 0)) AS gross_volume,
       major(coalesce(refunds, 0)) AS refunds,
       major(coalesce(disputes, 0)) AS disputes,
       major(coalesce(fees, 0)) AS fees,
       major(coalesce(other, 0)) AS other,
       major(coalesce(net, 0)) AS net,
       major(coalesce(payouts, 0)) AS payouts,
       coalesce(successful_charges, 0) AS successful_charges,
       coalesce(failed_charges, 0) AS failed_charges
FROM rows
LEFT JOIN ledger_sums USING (day, segment, segment_value)
LEFT JOIN charge_sums USING (day, segment, segment_value)
ORDER BY day, segment, segment_value
