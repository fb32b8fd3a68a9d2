-- Customers with MRR when the month began. Those without any at its end are customers_lost.
SELECT customer_id, plan, country, channel, arr_minor_1m_before, arr_minor
FROM facts.fct_customer_months
WHERE month = {from} AND arr_minor_1m_before > 0 AND {in_view}
ORDER BY arr_minor, customer_id
