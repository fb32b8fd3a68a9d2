-- Customers of the month and how likely they are to leave. mrr_at_risk is p_1m * mrr.
SELECT customer_id, plan, region, channel, band, p_1m, mrr, mrr_at_risk, p_3m
FROM marts.churn_risk
WHERE month = {from} AND mrr_at_risk IS NOT NULL
ORDER BY mrr_at_risk DESC, customer_id
