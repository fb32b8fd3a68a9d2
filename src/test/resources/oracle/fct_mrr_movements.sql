-- facts.fct_mrr_movements: one row per customer, day and type of movement of its MRR.
SELECT customer AS customer_id,
       day,
       movement_type,
       CAST(p AS BIGINT) AS arr_minor_before,
       CAST(m AS BIGINT) AS arr_minor_after,
       CAST(change AS BIGINT) AS arr_minor_change,
       churn_kind
FROM movements
ORDER BY customer_id, day, movement_type
