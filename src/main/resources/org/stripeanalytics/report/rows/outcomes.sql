-- What was predicted for each customer a month ago, and what came.
SELECT customer_id, band, method_1m, p_1m, outcome_1m, trained_before
FROM marts.churn_risk
WHERE month = {month_before} AND p_1m IS NOT NULL
ORDER BY p_1m DESC, customer_id
