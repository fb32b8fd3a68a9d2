-- Customers with MRR at the end of the month. arr_minor / 12 sums to mrr_end, in minor units.
SELECT customer_id, plan, country, channel, arr_minor, arr_minor_list
FROM facts.fct_customer_months
WHERE month = {from} AND arr_minor > 0 AND {in_view}
ORDER BY arr_minor DESC, customer_id
