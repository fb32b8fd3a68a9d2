-- marts.retention_cohorts: what is left of each month's new customers, month by month.
WITH
-- "Cohort = month of the first day with MRR > 0", the day of the new movement
members AS (
  SELECT customer, month_of(day) AS cohort_month, change AS arr_new FROM movements WHERE movement_type = 'new'
),
cohorts AS (
  SELECT cohort_month, segment, segment_value, count(*) AS cohort_size, sum(arr_new) AS arr_new
  FROM members JOIN customer_segments USING (customer)
  GROUP BY cohort_month, segment, segment_value
),
-- "cells of the future are absent, never 0"
cells AS (
  SELECT *, unnest(months_between(cohort_month, unfinished_month())) AS month FROM cohorts
),
-- "customers_active and mrr (at the end of month cohort + k)"
observed AS (
  SELECT m.cohort_month, s.segment, s.segment_value, c.month,
         count(*) FILTER (WHERE c.arr > 0) AS customers_active, sum(c.arr) AS arr
  FROM members m JOIN customer_segments s USING (customer) JOIN customer_months c USING (customer)
  GROUP BY m.cohort_month, s.segment, s.segment_value, c.month
)
SELECT cohort_month,
       date_diff('month', cohort_month, month) AS months_since,
       -- "the observed month (cohort_month + months_since)"
       month AS observed_month,
       segment, segment_value, cohort_size,
       mrr(arr_new) AS cohort_new_mrr,
       coalesce(customers_active, 0) AS customers_active,
       mrr(coalesce(arr, 0)) AS mrr,
       ratio9(coalesce(customers_active, 0), cohort_size) AS logo_retention,
       -- "revenue_retention = mrr / cohort_new_mrr"
       ratio9(coalesce(arr, 0), arr_new) AS revenue_retention
FROM cells LEFT JOIN observed USING (cohort_month, segment, segment_value, month)
ORDER BY cohort_month, months_since, segment, segment_value
