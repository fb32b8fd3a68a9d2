-- What each model gives the channels, in millionths of customers, and what was spent on them.
SELECT 'customers' AS what, converted_on AS day, model, channel, campaign, weight_ppm,
  0 AS spend_minor
FROM facts.fct_attribution
WHERE conversion = 'first_payment' AND converted_on >= {eleven_months_before}
  AND converted_on < {to}
UNION ALL
SELECT 'spend' AS what, day, 'every model' AS model, channel, campaign, 0 AS weight_ppm,
  amount_reporting_minor AS spend_minor
FROM facts.fct_marketing_spend
WHERE day >= {eleven_months_before} AND day < {to}
ORDER BY 1, 2, 3, 4, 5
