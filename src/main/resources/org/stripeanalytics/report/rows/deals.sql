-- Deals won in the month, and the customer that their contacts or companies are, if it is one.
WITH won AS (
  SELECT 'hubspot' AS source, id, amount, closed_at AS won_at,
    CAST(NULL AS DATE) AS won_on, deleted,
    stage_id IN (
      SELECT s.stage_id FROM raw.hubspot_deal_pipeline_stage AS s WHERE s.closed_won
    ) AS is_won,
    ROW_NUMBER() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) AS age
  FROM raw.hubspot_deal
  UNION ALL
  SELECT 'salesforce' AS source, id, amount, CAST(NULL AS TIMESTAMP) AS won_at,
    closed_on AS won_on, deleted, is_won, ROW_NUMBER() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) AS age
  FROM raw.salesforce_opportunity
), parties AS (
  SELECT 'hubspot' AS source, deal_id, 'hubspot_contact' AS object, contact_id AS party
  FROM raw.hubspot_deal_contact
  UNION ALL
  SELECT 'hubspot' AS source, deal_id, 'hubspot_company' AS object, company_id AS party
  FROM raw.hubspot_deal_company
  UNION ALL
  SELECT 'salesforce' AS source, id AS deal_id, 'salesforce_account' AS object, account_id AS party
  FROM raw.salesforce_opportunity
), customers AS (
  SELECT p.source, p.deal_id, CASE WHEN COUNT(DISTINCT i.customer_id) = 1 THEN MIN(i.customer_id) END AS customer_id
  FROM parties AS p
  JOIN intermediate.identities AS i ON i.object = p.object AND i.source_id = p.party
  GROUP BY p.source, p.deal_id
)
SELECT w.source, w.id, w.won_at, w.won_on, w.amount, c.customer_id
FROM won AS w
LEFT JOIN customers AS c ON c.source = w.source AND c.deal_id = w.id
WHERE w.age = 1 AND w.is_won AND COALESCE(w.deleted, FALSE) = FALSE
  AND ((w.won_at >= {from_moment} AND w.won_at < {to_moment})
    OR (w.won_on >= {from} AND w.won_on < {to}))
ORDER BY w.source, w.won_at, w.won_on, w.id
