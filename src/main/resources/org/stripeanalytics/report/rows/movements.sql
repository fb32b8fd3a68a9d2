-- Changes of MRR in the month. arr_minor_change / 12 sums to mrr_end - mrr_start, in minor units.
SELECT day, customer_id, movement_type, arr_minor_before, arr_minor_after, arr_minor_change
FROM facts.fct_mrr_movements
WHERE day >= {from} AND day < {to} AND {in_view}
ORDER BY day, customer_id
