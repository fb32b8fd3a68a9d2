-- Customers won in the month, and what was spent; spend is not known by plan.
SELECT 'customer' AS what, day, customer_id AS name, region, channel, arr_minor_change AS minor
FROM facts.fct_mrr_movements
WHERE day >= {from} AND day < {to} AND movement_type = 'new' AND {in_view}
UNION ALL
SELECT 'spend' AS what, day, campaign AS name, region, channel, amount_reporting_minor AS minor
FROM (
  SELECT day, campaign, region, channel, amount_reporting_minor, 'no plan' AS initial_plan
  FROM facts.fct_marketing_spend
) AS spend
WHERE day >= {from} AND day < {to} AND {in_view}
ORDER BY 1, 2, 3
