-- marts.mrr_monthly: MRR, its movements and its customers by month and segment.
WITH movement_sums AS (
  -- "movements in mrr_monthly are the sums of the daily ones"
  SELECT segment, segment_value, month_of(day) AS month,
         sum(arr_new) AS arr_new, sum(arr_reactivation) AS arr_reactivation,
         sum(arr_expansion) AS arr_expansion, sum(arr_contraction) AS arr_contraction,
         sum(arr_churn) AS arr_churn, sum(customers_new) AS customers_new,
         sum(customers_reactivated) AS customers_reactivated, sum(customers_churned) AS customers_churned
  FROM segment_day_movements
  GROUP BY segment, segment_value, month_of(day)
),
-- "the net view, month end against the previous month end (before meaning at an earlier month end)"
month_pairs AS (
  SELECT customer, month, coalesce(b.arr, 0) AS p, coalesce(a.arr, 0) AS m
  FROM customer_months a
  FULL JOIN (SELECT customer, plus_months(month, 1) AS month, arr FROM customer_months) b USING (customer, month)
  WHERE month < unfinished_month()
),
first_month_ends AS (
  SELECT customer, min(month) AS first_month FROM customer_months WHERE arr > 0 GROUP BY customer
),
net_movements AS (
  SELECT customer, month, m - p AS change, movement_type(p, m, first_month < month) AS movement_type
  FROM month_pairs JOIN first_month_ends USING (customer)
),
net_sums AS (
  SELECT segment, segment_value, month,
         sum(change) FILTER (WHERE movement_type = 'new') AS net_new,
         sum(change) FILTER (WHERE movement_type = 'reactivation') AS net_reactivation,
         sum(change) FILTER (WHERE movement_type = 'expansion') AS net_expansion,
         sum(change) FILTER (WHERE movement_type = 'contraction') AS net_contraction,
         sum(change) FILTER (WHERE movement_type = 'churn') AS net_churn
  FROM net_movements JOIN customer_segments USING (customer)
  GROUP BY segment, segment_value, month
),
measured AS (
  SELECT d.month, d.segment, d.segment_value,
         coalesce(before.arr, 0) AS arr_start,
         coalesce(m.arr_new, 0) AS arr_new,
         coalesce(m.arr_reactivation, 0) AS arr_reactivation,
         coalesce(m.arr_expansion, 0) AS arr_expansion,
         coalesce(m.arr_contraction, 0) AS arr_contraction,
         coalesce(m.arr_churn, 0) AS arr_churn,
         coalesce(l.arr, 0) AS arr_end,
         coalesce(n.net_new, 0) AS net_new,
         coalesce(n.net_reactivation, 0) AS net_reactivation,
         coalesce(n.net_expansion, 0) AS net_expansion,
         coalesce(n.net_contraction, 0) AS net_contraction,
         coalesce(n.net_churn, 0) AS net_churn,
         coalesce(l.arr_list, 0) AS arr_list_end,
         coalesce(l.arr_billed, 0) AS arr_billed_end,
         coalesce(l.arr_past_due, 0) AS arr_past_due,
         coalesce(l.arr_ending, 0) AS arr_ending,
         coalesce(before.customers, 0) AS customers_start,
         CAST(coalesce(m.customers_new, 0) AS BIGINT) AS customers_new,
         CAST(coalesce(m.customers_reactivated, 0) AS BIGINT) AS customers_reactivated,
         CAST(coalesce(m.customers_churned, 0) AS BIGINT) AS customers_churned,
         coalesce(l.customers, 0) AS customers_end,
         coalesce(l.arr_starter, 0) AS arr_starter,
         coalesce(l.arr_professional, 0) AS arr_professional,
         coalesce(l.arr_other, 0) AS arr_other
  FROM segment_months d
  LEFT JOIN movement_sums m USING (segment, segment_value, month)
  LEFT JOIN net_sums n USING (segment, segment_value, month)
  -- "Levels are as of the last instant of the period"
  LEFT JOIN segment_day_levels l
    ON l.segment = d.segment AND l.segment_value = d.segment_value AND l.day = last_day(d.month)
  LEFT JOIN segment_day_levels before
    ON before.segment = d.segment AND before.segment_value = d.segment_value AND before.day = d.month - 1
)
SELECT month, segment, segment_value,
       mrr(arr_start) AS mrr_start,
       mrr(arr_new) AS mrr_new,
       mrr(arr_reactivation) AS mrr_reactivation,
       mrr(arr_expansion) AS mrr_expansion,
       mrr(arr_contraction) AS mrr_contraction,
       mrr(arr_churn) AS mrr_churn,
       mrr(arr_end) AS mrr_end,
       mrr(net_new) AS net_new,
       mrr(net_reactivation) AS net_reactivation,
       mrr(net_expansion) AS net_expansion,
       mrr(net_contraction) AS net_contraction,
       mrr(net_churn) AS net_churn,
       mrr(arr_list_end) AS mrr_list_end,
       mrr(arr_billed_end) AS mrr_billed_end,
       mrr(arr_past_due) AS mrr_past_due,
       mrr(arr_ending) AS scheduled_churn_mrr,
       customers_start, customers_new, customers_reactivated, customers_churned, customers_end,
       major(arr_end) AS arr_end,
       ratio9(arr_end, 1200 * customers_end) AS arpa,
       mrr(arr_starter) AS mrr_end_starter,
       mrr(arr_professional) AS mrr_end_professional,
       mrr(arr_other) AS mrr_end_other
FROM measured
ORDER BY month, segment, segment_value
