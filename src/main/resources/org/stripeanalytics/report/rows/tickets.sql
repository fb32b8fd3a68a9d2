-- Tickets asked in the month and who asked; no customer where nobody knows the asker.
WITH tickets AS (
  SELECT 'zendesk_user' AS object, id, created_at, requester_id AS asked_by,
    first_response_minutes, satisfaction AS rating, deleted,
    ROW_NUMBER() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) AS age
  FROM raw.zendesk_ticket
  UNION ALL
  SELECT 'intercom_contact' AS object, id, created_at, author_id AS asked_by,
    first_response_minutes, CASE WHEN rating <= 2 THEN 'bad' WHEN rating > 2 THEN 'good' END AS rating,
    deleted, ROW_NUMBER() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) AS age
  FROM raw.intercom_conversation
)
SELECT t.object AS asked_as, t.id, t.created_at, i.customer_id, t.first_response_minutes, t.rating
FROM tickets AS t
LEFT JOIN intermediate.identities AS i ON i.object = t.object AND i.source_id = t.asked_by
WHERE t.age = 1 AND COALESCE(t.deleted, FALSE) = FALSE
  AND t.created_at >= {from_moment} AND t.created_at < {to_moment} AND {of_customers}
ORDER BY t.created_at, t.object, t.id
