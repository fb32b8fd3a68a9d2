-- marts.refunds_disputes_monthly: refunds and disputes against the charges of the month they happened
-- in (activity) and of the month of the charge itself (cohort).
WITH
charges AS (
  SELECT c.id AS charge, coalesce(c.customer, '') AS customer, c.card_brand,
         month_of(day_of(c.created)) AS month, converted(c.amount, r.rate, c.currency) AS volume
  FROM latest_charges c LEFT JOIN rates r USING (currency)
  WHERE c.status = 'succeeded' AND NOT c.is_hold
),
-- "Excluded: refunds that did not succeed, disputes warning_* and prevented." A hold's "release
-- (expired_uncaptured_charge) is no refund", nor is anything else that a hold gives back.
events AS (
  SELECT 'refund' AS kind, f.charge, coalesce(c.customer, f.customer, '') AS customer, c.card_brand, f.status,
         month_of(day_of(f.created)) AS month, month_of(day_of(c.created)) AS charge_month,
         converted(f.amount, r.rate, f.currency) AS volume
  FROM latest_refunds f LEFT JOIN latest_charges c ON c.id = f.charge LEFT JOIN rates r ON r.currency = f.currency
  WHERE f.status = 'succeeded' AND f.reason IS DISTINCT FROM 'expired_uncaptured_charge'
    AND c.is_hold IS DISTINCT FROM true
  UNION ALL
  SELECT 'dispute', d.charge, coalesce(c.customer, ''), coalesce(c.card_brand, d.card_brand), d.status,
         month_of(day_of(d.created)), month_of(day_of(c.created)), converted(d.amount, r.rate, d.currency)
  FROM latest_disputes d LEFT JOIN latest_charges c ON c.id = d.charge LEFT JOIN rates r ON r.currency = d.currency
  WHERE d.status NOT LIKE 'warning\_%' ESCAPE '\' AND d.status <> 'prevented'
),
charge_sums AS (
  SELECT c.month, g.segment, g.segment_value, count(*) AS charges, sum(c.volume) AS volume,
         count(*) FILTER (WHERE c.card_brand = 'visa') AS visa,
         count(*) FILTER (WHERE c.card_brand = 'mastercard') AS mastercard
  FROM charges c JOIN customer_segments g USING (customer)
  GROUP BY c.month, g.segment, g.segment_value
),
-- "distinct charges with such an event created in the month": two partial refunds count once
activity AS (
  SELECT e.month, g.segment, g.segment_value,
         count(DISTINCT e.charge) FILTER (WHERE kind = 'refund') AS refunded,
         sum(e.volume) FILTER (WHERE kind = 'refund') AS refunded_volume,
         count(DISTINCT e.charge) FILTER (WHERE kind = 'dispute') AS disputed,
         sum(e.volume) FILTER (WHERE kind = 'dispute') AS disputed_volume,
         -- "by the dispute's creation, status as of asOf"
         count(*) FILTER (WHERE kind = 'dispute' AND e.status = 'won') AS won,
         count(*) FILTER (WHERE kind = 'dispute' AND e.status = 'lost') AS lost,
         count(*) FILTER (WHERE kind = 'dispute' AND e.card_brand = 'visa') AS visa,
         count(*) FILTER (WHERE kind = 'dispute' AND e.card_brand = 'mastercard') AS mastercard
  FROM events e JOIN customer_segments g USING (customer)
  GROUP BY e.month, g.segment, g.segment_value
),
-- "cohort = by the month of the charge"
cohort AS (
  SELECT e.charge_month AS month, g.segment, g.segment_value,
         count(DISTINCT e.charge) FILTER (WHERE kind = 'refund') AS refunded,
         sum(e.volume) FILTER (WHERE kind = 'refund') AS refunded_volume,
         count(DISTINCT e.charge) FILTER (WHERE kind = 'dispute') AS disputed,
         sum(e.volume) FILTER (WHERE kind = 'dispute') AS disputed_volume
  FROM events e JOIN customer_segments g USING (customer)
  WHERE e.charge_month IS NOT NULL
  GROUP BY e.charge_month, g.segment, g.segment_value
),
-- "from its first event (refunds: a succeeded charge)"
rows AS (
  SELECT segment, segment_value, unnest(months_between(min(month), unfinished_month())) AS month
  FROM charge_sums GROUP BY segment, segment_value
),
measured AS (
  SELECT d.month, d.segment, d.segment_value,
         coalesce(s.charges, 0) AS charges, coalesce(s.volume, 0) AS volume,
         coalesce(a.refunded, 0) AS refunded, coalesce(a.refunded_volume, 0) AS refunded_volume,
         coalesce(c.refunded, 0) AS cohort_refunded, coalesce(c.refunded_volume, 0) AS cohort_refunded_volume,
         coalesce(a.disputed, 0) AS disputed, coalesce(a.disputed_volume, 0) AS disputed_volume,
         coalesce(c.disputed, 0) AS cohort_disputed, coalesce(c.disputed_volume, 0) AS cohort_disputed_volume,
         coalesce(a.won, 0) AS won, coalesce(a.lost, 0) AS lost,
         -- "Network monitors, only for all"
         CASE WHEN d.segment = 'all' THEN coalesce(a.visa, 0) END AS visa_disputes,
         CASE WHEN d.segment = 'all' THEN coalesce(s.visa, 0) END AS visa_charges,
         CASE WHEN d.segment = 'all' THEN coalesce(a.mastercard, 0) END AS mastercard_disputes,
         CASE WHEN d.segment = 'all' THEN coalesce(p.mastercard, 0) END AS mastercard_charges_previous_month
  FROM rows d
  LEFT JOIN charge_sums s USING (segment, segment_value, month)
  LEFT JOIN activity a USING (segment, segment_value, month)
  LEFT JOIN cohort c USING (segment, segment_value, month)
  LEFT JOIN charge_sums p
    ON p.segment = d.segment AND p.segment_value = d.segment_value AND p.month = plus_months(d.month, -1)
)
SELECT month, segment, segment_value,
       charges AS charges_succeeded,
       major(volume) AS charge_volume,
       refunded AS refunded_charges, major(refunded_volume) AS refunded_volume,
       cohort_refunded AS cohort_refunded_charges, major(cohort_refunded_volume) AS cohort_refunded_volume,
       disputed AS disputed_charges, major(disputed_volume) AS disputed_volume,
       cohort_disputed AS cohort_disputed_charges, major(cohort_disputed_volume) AS cohort_disputed_volume,
       ratio9(refunded, charges) AS refund_rate,
       ratio9(refunded_volume, volume) AS refund_rate_volume,
       ratio9(cohort_refunded, charges) AS cohort_refund_rate,
       ratio9(cohort_refunded_volume, volume) AS cohort_refund_rate_volume,
       ratio9(disputed, charges) AS dispute_rate,
       ratio9(disputed_volume, volume) AS dispute_rate_volume,
       ratio9(cohort_disputed, charges) AS cohort_dispute_rate,
       ratio9(cohort_disputed_volume, volume) AS cohort_dispute_rate_volume,
       won AS disputes_won, lost AS disputes_lost,
       ratio9(won, won + lost) AS win_rate,
       -- "asOf < month end + 120 days"
       as_of() < plus_months(month, 1) + 120 AS is_provisional,
       visa_disputes, visa_charges,
       ratio9(visa_disputes, visa_charges) AS vamp_ratio,
       -- "excessive from 1.5 % with at least 1,500 disputes, else ok"
       CASE WHEN visa_disputes >= 1500 AND visa_charges > 0 AND visa_disputes * 1000 >= visa_charges * 15 THEN 'excessive'
            WHEN visa_disputes IS NOT NULL THEN 'ok' END AS vamp_status,
       mastercard_disputes, mastercard_charges_previous_month,
       ratio9(mastercard_disputes, mastercard_charges_previous_month) AS ecm_ratio,
       -- "hecm: ≥ 300 and ≥ 3 %; else ecm: ≥ 100 and ≥ 1.5 %; else ok"
       CASE WHEN mastercard_disputes >= 300 AND mastercard_charges_previous_month > 0
             AND mastercard_disputes * 1000 >= mastercard_charges_previous_month * 30 THEN 'hecm'
            WHEN mastercard_disputes >= 100 AND mastercard_charges_previous_month > 0
             AND mastercard_disputes * 1000 >= mastercard_charges_previous_month * 15 THEN 'ecm'
            WHEN mastercard_disputes IS NOT NULL THEN 'ok' END AS ecm_status
FROM measured
ORDER BY month, segment, segment_value
