-- marts.mrr_daily: MRR, its movements and its customers by day and segment.
WITH measured AS (
  SELECT d.day, d.segment, d.segment_value,
         -- "MRR at the end of the previous day"
         coalesce(before.arr, 0) AS arr_start,
         coalesce(m.arr_new, 0) AS arr_new,
         coalesce(m.arr_reactivation, 0) AS arr_reactivation,
         coalesce(m.arr_expansion, 0) AS arr_expansion,
         coalesce(m.arr_contraction, 0) AS arr_contraction,
         coalesce(m.arr_churn, 0) AS arr_churn,
         -- "Levels are as of the last instant of the period"
         coalesce(l.arr, 0) AS arr_end,
         coalesce(l.arr_list, 0) AS arr_list_end,
         coalesce(l.arr_billed, 0) AS arr_billed_end,
         coalesce(l.arr_past_due, 0) AS arr_past_due,
         coalesce(l.arr_ending, 0) AS arr_ending,
         coalesce(before.customers, 0) AS customers_start,
         coalesce(m.customers_new, 0) AS customers_new,
         coalesce(m.customers_reactivated, 0) AS customers_reactivated,
         coalesce(m.customers_churned, 0) AS customers_churned,
         coalesce(l.customers, 0) AS customers_end,
         coalesce(l.arr_starter, 0) AS arr_starter,
         coalesce(l.arr_professional, 0) AS arr_professional,
         coalesce(l.arr_other, 0) AS arr_other
  FROM segment_days d
  LEFT JOIN segment_day_levels l USING (segment, segment_value, day)
  LEFT JOIN segment_day_movements m USING (segment, segment_value, day)
  LEFT JOIN segment_day_levels before
    ON before.segment = d.segment AND before.segment_value = d.segment_value AND before.day = d.day - 1
)
SELECT day, segment, segment_value,
       mrr(arr_start) AS mrr_start,
       mrr(arr_new) AS mrr_new,
       mrr(arr_reactivation) AS mrr_reactivation,
       mrr(arr_expansion) AS mrr_expansion,
       mrr(arr_contraction) AS mrr_contraction,
       mrr(arr_churn) AS mrr_churn,
       mrr(arr_end) AS mrr_end,
       mrr(arr_list_end) AS mrr_list_end,
       mrr(arr_billed_end) AS mrr_billed_end,
       mrr(arr_past_due) AS mrr_past_due,
       mrr(arr_ending) AS scheduled_churn_mrr,
       customers_start, customers_new, customers_reactivated, customers_churned, customers_end,
       -- "arr_end (Σ arr_minor / 100)", "arpa (MRR / customers_end)"
       major(arr_end) AS arr_end,
       ratio9(arr_end, 1200 * customers_end) AS arpa,
       mrr(arr_starter) AS mrr_end_starter,
       mrr(arr_professional) AS mrr_end_professional,
       mrr(arr_other) AS mrr_end_other
FROM measured
ORDER BY day, segment, segment_value
