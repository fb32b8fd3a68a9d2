-- marts.attribution_monthly from facts, in plain SQL and another shape than the transform.
-- Rates are in units of the ninth place, rounded half up, and the margin of 0.80 makes 12 months 15.
-- asOf is 2025-01-01, so the first twelve months have passed for who began before December 2023.
WITH models AS (SELECT DISTINCT model FROM facts.fct_attribution),
event AS (
  SELECT DATE_TRUNC('month', converted_on) AS month, model, channel, campaign,
    CASE WHEN conversion = 'first_payment' THEN weight_ppm ELSE 0 END AS ppm,
    CASE WHEN conversion = 'first_payment' THEN amount_minor ELSE 0 END AS first_payment,
    CASE WHEN conversion = 'first_payment' THEN new_mrr_minor ELSE 0 END AS new_mrr,
    CASE WHEN conversion = 'expansion' THEN amount_minor ELSE 0 END AS expansion,
    CASE WHEN conversion = 'first_payment' THEN revenue_12m_minor ELSE 0 END AS revenue,
    0 AS spend
  FROM facts.fct_attribution
  UNION ALL
  SELECT DATE_TRUNC('month', day), model, channel, campaign, 0, 0, 0, 0, 0, amount_reporting_minor
  FROM facts.fct_marketing_spend CROSS JOIN models),
total AS (
  SELECT month, model, channel, campaign, SUM(ppm) AS ppm, SUM(first_payment) AS first_payment,
    SUM(new_mrr) AS new_mrr, SUM(expansion) AS expansion, SUM(revenue) AS revenue, SUM(spend) AS spend
  FROM event WHERE month < DATE '2025-01-01' GROUP BY ALL)
SELECT month, model, channel, campaign, CAST(ppm / 1000000 AS DECIMAL(18, 6)),
  CAST(first_payment AS BIGINT), CAST(new_mrr AS BIGINT), CAST(expansion AS BIGINT),
  CASE WHEN month <= DATE '2023-12-01' THEN CAST(revenue AS BIGINT) END,
  CAST(spend AS BIGINT), CASE WHEN ppm > 0 THEN (2 * CAST(spend * 1000000 AS HUGEINT) * 1000000000 + ppm) // (2 * CAST(ppm AS HUGEINT)) END,
  CASE WHEN month <= DATE '2023-12-01' AND spend > 0 THEN (2 * CAST(revenue AS HUGEINT) * 1000000000 + spend) // (2 * CAST(spend AS HUGEINT)) END,
  CASE WHEN month <= DATE '2023-12-01' AND revenue > 0 THEN (2 * CAST(spend * 15 AS HUGEINT) * 1000000000 + revenue) // (2 * CAST(revenue AS HUGEINT)) END
FROM total
