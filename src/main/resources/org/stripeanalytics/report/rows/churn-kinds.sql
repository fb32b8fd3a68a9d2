-- Customers who left in the month, and why.
SELECT day, customer_id, churn_kind, churned_plan, country, channel, arr_minor_before
FROM facts.fct_mrr_movements
WHERE day >= {from} AND day < {to} AND movement_type = 'churn' AND {in_view}
ORDER BY day, customer_id
