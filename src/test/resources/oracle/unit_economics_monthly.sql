-- marts.unit_economics_monthly: what a customer costs and what a customer brings.
WITH
-- "for all, region, channel (spend is not known for the others)"
spend AS (
  SELECT month_of(day) AS month, region, channel, converted(amount, r.rate, s.currency) AS minor
  FROM latest_marketing_spend s LEFT JOIN rates r USING (currency)
),
segment_spend AS (
  SELECT month, 'all' AS segment, 'all' AS segment_value, sum(minor) AS minor FROM spend GROUP BY month
  UNION ALL SELECT month, 'region', region, sum(minor) FROM spend GROUP BY month, region
  UNION ALL SELECT month, 'channel', channel, sum(minor) FROM spend GROUP BY month, channel
),
-- "from its first event in that mart (unit economics: spend or a movement)"
first_months AS (
  SELECT segment, segment_value, min(month) AS first_month
  FROM (SELECT segment, segment_value, month FROM segment_spend
        UNION ALL SELECT segment, segment_value, month_of(first_day) FROM segment_starts)
  WHERE segment IN ('all', 'region', 'channel')
  GROUP BY segment, segment_value
),
rows AS (
  SELECT segment, segment_value, unnest(months_between(first_month, unfinished_month())) AS month FROM first_months
),
news AS (
  SELECT segment, segment_value, month_of(day) AS month, sum(customers_new) AS customers_new, sum(arr_new) AS arr_new
  FROM segment_day_movements GROUP BY segment, segment_value, month_of(day)
),
-- customers_start and customers_lost as in churn_monthly
churn AS (
  SELECT g.segment, g.segment_value, plus_months(s.month, 1) AS month,
         count(*) AS customers_start, count(*) FILTER (WHERE coalesce(e.arr, 0) = 0) AS customers_lost
  FROM customer_months s
  JOIN customer_segments g USING (customer)
  LEFT JOIN customer_months e ON e.customer = s.customer AND e.month = plus_months(s.month, 1)
  WHERE s.arr > 0
  GROUP BY g.segment, g.segment_value, plus_months(s.month, 1)
),
-- "Σ customers_lost / Σ customers_start of the up to six months before this one (NULL if none)"
churn_before AS (
  SELECT r.segment, r.segment_value, r.month,
         coalesce(sum(c.customers_lost), 0) AS lost, coalesce(sum(c.customers_start), 0) AS start
  FROM rows r
  LEFT JOIN churn c
    ON c.segment = r.segment AND c.segment_value = r.segment_value
   AND c.month BETWEEN plus_months(r.month, -6) AND plus_months(r.month, -1)
  GROUP BY r.segment, r.segment_value, r.month
),
measured AS (
  SELECT r.month, r.segment, r.segment_value,
         -- "0 where no row"
         CAST(coalesce(s.minor, 0) AS HUGEINT) AS spend,
         CAST(coalesce(n.customers_new, 0) AS HUGEINT) AS customers_new,
         CAST(coalesce(n.arr_new, 0) AS HUGEINT) AS arr_new,
         CAST(coalesce(l.arr, 0) AS HUGEINT) AS arr, coalesce(l.customers, 0) AS customers,
         CAST(b.lost AS HUGEINT) AS lost, CAST(b.start AS HUGEINT) AS start,
         -- the margin as a fraction
         nanos(gross_margin()) // gcd(nanos(gross_margin()), CAST(1000000000 AS HUGEINT)) AS margin_n,
         1000000000 // gcd(nanos(gross_margin()), CAST(1000000000 AS HUGEINT)) AS margin_d
  FROM rows r
  LEFT JOIN segment_spend s USING (segment, segment_value, month)
  LEFT JOIN news n USING (segment, segment_value, month)
  LEFT JOIN churn_before b USING (segment, segment_value, month)
  LEFT JOIN segment_day_levels l
    ON l.segment = r.segment AND l.segment_value = r.segment_value AND l.day = last_day(r.month)
),
-- "ltv_revenue = arpa / customer_churn_6m (arpa × 60 where it is 0)", arpa = arr / (1200 × customers)
lifetime AS (
  SELECT *,
         CASE WHEN start = 0 THEN NULL WHEN lost = 0 THEN arr * 60 ELSE arr * start END AS value_n,
         CASE WHEN start = 0 THEN NULL WHEN lost = 0 THEN 1200 * customers ELSE 1200 * customers * lost END AS value_d
  FROM measured
)
SELECT month, segment, segment_value,
       major(spend) AS sales_marketing_spend,
       CAST(customers_new AS BIGINT) AS customers_new,
       -- "cac = spend / customers_new"
       ratio9(spend, 100 * customers_new) AS cac,
       ratio9(arr, 1200 * customers) AS arpa,
       ratio9(lost, start) AS customer_churn_6m,
       ratio9(value_n, value_d) AS ltv_revenue,
       -- "ltv = that × gross margin"
       ratio9(value_n * margin_n, value_d * margin_d) AS ltv,
       CASE WHEN customers_new > 0
            THEN ratio9(value_n * margin_n * 100 * customers_new, value_d * margin_d * spend) END AS ltv_cac,
       -- "cac_payback_months = spend / (mrr_new × gross margin)"
       ratio9(spend * 12 * margin_d, arr_new * margin_n) AS cac_payback_months
FROM lifetime
ORDER BY month, segment, segment_value
