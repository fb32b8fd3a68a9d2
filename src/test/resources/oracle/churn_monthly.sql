-- marts.churn_monthly: customers and MRR lost, and retention of the customers of a month ago and of a
-- year ago.
WITH movement_sums AS (
  -- "with the sums of mrr_monthly"
  SELECT segment, segment_value, month_of(day) AS month,
         sum(arr_new) AS arr_new, sum(arr_reactivation) AS arr_reactivation,
         sum(arr_expansion) AS arr_expansion, sum(arr_contraction) AS arr_contraction, sum(arr_churn) AS arr_churn
  FROM segment_day_movements
  GROUP BY segment, segment_value, month_of(day)
),
-- "S the customers with MRR at the end of month M−k", what each had then and has at the end of M
then_and_now AS (
  SELECT s.customer, plus_months(s.month, k) AS month, k, s.arr AS arr_then, coalesce(e.arr, 0) AS arr_now
  FROM customer_months s CROSS JOIN (VALUES (1), (12)) lag(k)
  LEFT JOIN customer_months e ON e.customer = s.customer AND e.month = plus_months(s.month, k)
  WHERE s.arr > 0
),
retention AS (
  SELECT segment, segment_value, month,
         count(*) FILTER (WHERE k = 1) AS customers_start,
         count(*) FILTER (WHERE k = 1 AND arr_now = 0) AS customers_lost,
         sum(arr_then) FILTER (WHERE k = 1) AS then_1m,
         sum(arr_now) FILTER (WHERE k = 1) AS now_1m,
         sum(least(arr_now, arr_then)) FILTER (WHERE k = 1) AS kept_1m,
         sum(arr_then) FILTER (WHERE k = 12) AS then_12m,
         sum(arr_now) FILTER (WHERE k = 12) AS now_12m,
         sum(least(arr_now, arr_then)) FILTER (WHERE k = 12) AS kept_12m
  FROM then_and_now JOIN customer_segments USING (customer)
  GROUP BY segment, segment_value, month
),
-- "churn movements of the month"
churned AS (
  SELECT segment, segment_value, month_of(day) AS month,
         count(*) FILTER (WHERE churn_kind = 'voluntary') AS voluntary,
         count(*) FILTER (WHERE churn_kind = 'involuntary') AS involuntary,
         count(*) FILTER (WHERE churn_kind = 'dispute') AS dispute,
         count(*) FILTER (WHERE churn_kind = 'pause') AS paused,
         count(*) FILTER (WHERE churn_kind = 'unknown') AS unknown,
         count(*) FILTER (WHERE churn_plan = 'starter') AS starter,
         count(*) FILTER (WHERE churn_plan = 'professional') AS professional,
         count(*) FILTER (WHERE churn_plan = 'other') AS other
  FROM movements JOIN customer_segments USING (customer)
  WHERE movement_type = 'churn'
  GROUP BY segment, segment_value, month_of(day)
)
SELECT d.month, d.segment, d.segment_value,
       coalesce(r.customers_start, 0) AS customers_start,
       coalesce(r.customers_lost, 0) AS customers_lost,
       -- "customer_churn_rate = lost / start"
       ratio9(coalesce(r.customers_lost, 0), coalesce(r.customers_start, 0)) AS customer_churn_rate,
       -- "gross_mrr_churn_rate = −(churn + contraction) / mrr_start"
       ratio9(-(coalesce(m.arr_churn, 0) + coalesce(m.arr_contraction, 0)), coalesce(b.arr, 0)) AS gross_mrr_churn_rate,
       -- "net_mrr_churn_rate = −(churn + contraction + expansion + reactivation) / mrr_start"
       ratio9(-(coalesce(m.arr_churn, 0) + coalesce(m.arr_contraction, 0)
                + coalesce(m.arr_expansion, 0) + coalesce(m.arr_reactivation, 0)), coalesce(b.arr, 0)) AS net_mrr_churn_rate,
       -- "Σ_S MRR(end of M) / Σ_S MRR(end of M−k)"
       ratio9(r.now_1m, r.then_1m) AS nrr_1m,
       ratio9(r.now_12m, r.then_12m) AS nrr_12m,
       -- "Σ_S min(MRR(end of M), MRR(end of M−k)) / Σ_S MRR(end of M−k)"
       ratio9(r.kept_1m, r.then_1m) AS grr_1m,
       ratio9(r.kept_12m, r.then_12m) AS grr_12m,
       -- "(new + expansion) / |contraction + churn|"
       ratio9(coalesce(m.arr_new, 0) + coalesce(m.arr_expansion, 0),
              abs(coalesce(m.arr_contraction, 0) + coalesce(m.arr_churn, 0))) AS quick_ratio,
       coalesce(c.voluntary, 0) AS voluntary_churned,
       coalesce(c.involuntary, 0) AS involuntary_churned,
       coalesce(c.dispute, 0) AS dispute_churned,
       coalesce(c.paused, 0) AS paused_churned,
       coalesce(c.unknown, 0) AS unknown_churned,
       coalesce(c.starter, 0) AS starter_churned,
       coalesce(c.professional, 0) AS professional_churned,
       coalesce(c.other, 0) AS other_churned
FROM segment_months d
LEFT JOIN movement_sums m USING (segment, segment_value, month)
LEFT JOIN retention r USING (segment, segment_value, month)
LEFT JOIN churned c USING (segment, segment_value, month)
-- mrr_start
LEFT JOIN segment_day_levels b
  ON b.segment = d.segment AND b.segment_value = d.segment_value AND b.day = d.month - 1
ORDER BY month, segment, segment_value
