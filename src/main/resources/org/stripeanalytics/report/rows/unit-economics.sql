-- Customers won in the month with their ARR, and what was spent; spend is not known by plan.
-- CAC is the sum of spend_minor by the number of customers.
SELECT 'customer' AS what, day, customer_id AS name, region, channel, arr_minor_change AS arr_minor,
  0 AS spend_minor
FROM facts.fct_mrr_movements
WHERE day >= {from} AND day < {to} AND movement_type = 'new' AND {in_view}
UNION ALL
SELECT 'spend' AS what, day, campaign AS name, region, channel, 0 AS arr_minor,
  amount_reporting_minor AS spend_minor
FROM (
  SELECT day, campaign, region, channel, amount_reporting_minor, 'no plan' AS initial_plan
  FROM facts.fct_marketing_spend
) AS spend
WHERE day >= {from} AND day < {to} AND {in_view}
ORDER BY 1, 2, 3
