-- marts.pipeline_to_revenue_monthly from raw tables and facts, by other means than the code.
-- asOf is 2025-01-01, and thirty days count.
WITH won AS (
  SELECT 'hubspot' AS source, d.id, CAST(d.closed_at AS DATE) AS day, d.amount FROM (
    SELECT * FROM raw.hubspot_deal
    QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY _changed_at DESC) = 1) AS d
  JOIN raw.hubspot_deal_pipeline_stage AS s ON s.stage_id = d.stage_id AND s.closed_won
  UNION ALL
  SELECT 'salesforce', id, closed_on, amount FROM raw.salesforce_opportunity WHERE is_won),
party AS (
  SELECT 'hubspot' AS source, deal_id AS id, 'hubspot_contact' AS object, contact_id AS party
  FROM raw.hubspot_deal_contact
  UNION ALL SELECT 'hubspot', deal_id, 'hubspot_company', company_id FROM raw.hubspot_deal_company
  UNION ALL SELECT 'salesforce', id, 'salesforce_account', account_id
  FROM raw.salesforce_opportunity),
deal AS (
  SELECT w.source, w.id, w.day, DATE_TRUNC('month', w.day) AS month, w.amount,
    CASE WHEN COUNT(DISTINCT i.customer_id) = 1 THEN MIN(i.customer_id) END AS customer_id
  FROM won AS w LEFT JOIN party AS p ON p.source = w.source AND p.id = w.id
  LEFT JOIN intermediate.identities AS i ON i.object = p.object AND i.source_id = p.party
  GROUP BY ALL),
paid AS (
  SELECT d.*, DATE_DIFF('day', d.day, CAST(m.first_paid_at AS DATE)) AS days
  FROM deal AS d LEFT JOIN intermediate.customer_milestones AS m USING (customer_id)),
mrr AS (
  SELECT month, source, SUM(arr_minor) AS arr FROM (SELECT DISTINCT month, source, customer_id FROM deal)
  JOIN facts.fct_customer_months USING (customer_id, month) GROUP BY ALL)
SELECT p.month, p.source, COUNT(*) AS deals_won, COUNT(*) FILTER (WHERE customer_id IS NULL),
  SUM(amount), COUNT(DISTINCT customer_id), COUNT(*) FILTER (WHERE days < 0),
  COUNT(*) FILTER (WHERE days BETWEEN 0 AND 30), COUNT(*) FILTER (WHERE days > 30),
  COUNT(*) FILTER (WHERE customer_id IS NOT NULL AND days IS NULL),
  QUANTILE_DISC(days, 0.5) FILTER (WHERE days >= 0),
  QUANTILE_DISC(days, 0.9) FILTER (WHERE days >= 0),
  CAST(COALESCE(ANY_VALUE(m.arr), 0) / 1200 AS DECIMAL(18, 2))
FROM paid AS p LEFT JOIN mrr AS m ON m.month = p.month AND m.source = p.source
GROUP BY p.month, p.source
