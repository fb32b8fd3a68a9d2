-- The cohort of a year ago: who paid at the end of which month. Who has no row is not retained.
SELECT cohort_month, month, customer_id, plan, arr_minor
FROM facts.fct_customer_months
WHERE cohort_month = {year_before} AND arr_minor > 0 AND {in_view}
ORDER BY month, customer_id
