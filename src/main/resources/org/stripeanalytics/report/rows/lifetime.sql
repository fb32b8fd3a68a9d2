-- Expected revenue of each cohort, beside what came and ARPA over churn.
SELECT *
FROM marts.ltv_forecast
WHERE made_month = {year_before} AND segment = 'all' AND horizon_months = 12
ORDER BY cohort_month
