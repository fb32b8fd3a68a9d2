-- Deals won in the month, and the customer that one of their contacts or companies is.
WITH won AS (
  SELECT 'hubspot' AS source, id, amount, closed_at AS won_at, deleted,
    stage_id IN (
      SELECT s.stage_id FROM raw.hubspot_deal_pipeline_stage AS s WHERE s.closed_won
    ) AS is_won,
    ROW_NUMBER() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) AS age
  FROM raw.hubspot_deal
  UNION ALL
  SELECT 'salesforce' AS source, id, amount, CAST(closed_on AS TIMESTAMP) AS won_at, deleted,
    is_won, ROW_NUMBER() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) AS age
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
  SELECT p.source, p.deal_id, MIN(i.customer_id) AS customer_id
  FROM parties AS p
  JOIN intermediate.identities AS i ON i.object = p.object AND i.source_id = p.party
  GROUP BY p.source, p.deal_id
)
SELECT w.source, w.id, w.won_at, w.amount, c.customer_id
FROM won AS w
LEFT JOIN customers AS c ON c.source = w.source AND c.deal_id = w.id
WHERE w.age = 1 AND w.is_won AND COALESCE(w.deleted, FALSE) = FALSE
  AND w.won_at >= {from_moment} AND w.won_at < {to_moment}
ORDER BY w.won_at, w.source, w.id
