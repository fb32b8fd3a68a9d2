-- Customers with MRR a year before. SUM(arr_minor) / SUM(arr_minor_12m_before) is nrr_12m.
SELECT before.customer_id, before.plan, before.country, before.channel,
  before.arr_minor AS arr_minor_12m_before, COALESCE(month.arr_minor, 0) AS arr_minor
FROM (
  SELECT * FROM facts.fct_customer_months
  WHERE month = {year_before} AND arr_minor > 0 AND {in_view}
) AS before
LEFT JOIN facts.fct_customer_months AS month
  ON month.customer_id = before.customer_id AND month.month = {from}
ORDER BY arr_minor, customer_id
