-- marts.support_load_monthly from raw tables and facts, for all and by region, by other means than
-- the code. asOf is 2025-01-01, a first response is slow after 24 hours.
WITH asked AS (
  SELECT 'zendesk_ticket' AS object, id, CAST(created_at AS DATE) AS day,
    first_response_minutes AS minutes, COALESCE(satisfaction = 'bad', FALSE) AS rated_badly,
    'zendesk_user' AS party_object, requester_id AS party
  FROM raw.zendesk_ticket QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY _changed_at DESC) = 1
  UNION ALL
  SELECT 'intercom_conversation', id, CAST(created_at AS DATE), first_response_minutes,
    COALESCE(rating <= 2, FALSE), 'intercom_contact', author_id
  FROM raw.intercom_conversation
  QUALIFY ROW_NUMBER() OVER (PARTITION BY id ORDER BY _changed_at DESC) = 1),
ticket AS (
  SELECT a.day, DATE_TRUNC('month', a.day) AS month, a.minutes, i.customer_id,
    COALESCE(m.region, 'unresolved') AS region,
    a.rated_badly OR COALESCE(a.minutes > 1440, FALSE) AS bad
  FROM asked AS a
  LEFT JOIN intermediate.identities AS i ON i.object = a.party_object AND i.source_id = a.party
  LEFT JOIN intermediate.customer_milestones AS m ON m.customer_id = i.customer_id),
spell AS (
  SELECT customer_id, region, day AS start_day, arr_minor_after,
    LEAD(day) OVER (PARTITION BY customer_id ORDER BY day) AS end_day
  FROM facts.fct_mrr_movements),
paying AS (SELECT * FROM spell WHERE arr_minor_after > 0),
month AS (SELECT DISTINCT month FROM facts.fct_customer_months),
value AS (
  SELECT DISTINCT 'region' AS segment, region AS segment_value FROM ticket
  UNION ALL SELECT 'all', 'all'),
first_bad AS (
  SELECT t.customer_id, t.month, t.region, MIN(t.day) AS day FROM ticket AS t
  JOIN paying AS p ON p.customer_id = t.customer_id
    AND p.start_day < t.day AND (p.end_day IS NULL OR p.end_day >= t.day)
  WHERE t.bad GROUP BY 1, 2, 3),
exposed AS (
  SELECT customer_id, month, region, day, TRUE AS bad FROM first_bad
  UNION ALL
  SELECT p.customer_id, m.month, p.region, m.month, FALSE FROM month AS m
  JOIN paying AS p ON p.start_day < m.month AND (p.end_day IS NULL OR p.end_day >= m.month)
  WHERE NOT EXISTS (
    SELECT 1 FROM first_bad AS f WHERE f.customer_id = p.customer_id AND f.month = m.month)),
outcome AS (
  SELECT e.*, EXISTS (
    SELECT 1 FROM facts.fct_mrr_movements AS c WHERE c.customer_id = e.customer_id
      AND c.movement_type = 'churn' AND c.day BETWEEN e.day AND e.day + 90) AS lost
  FROM exposed AS e)
SELECT m.month, v.segment, v.segment_value,
  (SELECT COUNT(*) FROM ticket AS t WHERE t.month = m.month
    AND v.segment_value IN ('all', t.region)) AS tickets,
  (SELECT COUNT(*) FROM ticket AS t WHERE t.month = m.month AND t.customer_id IS NULL
    AND v.segment_value IN ('all', t.region)) AS tickets_unresolved,
  (SELECT COUNT(*) FROM ticket AS t WHERE t.month = m.month AND t.bad
    AND v.segment_value IN ('all', t.region)) AS tickets_bad,
  (SELECT CAST(QUANTILE_DISC(t.minutes, 0.5) AS BIGINT) FROM ticket AS t WHERE t.month = m.month
    AND v.segment_value IN ('all', t.region)) AS median,
  (SELECT CAST(QUANTILE_DISC(t.minutes, 0.9) AS BIGINT) FROM ticket AS t WHERE t.month = m.month
    AND v.segment_value IN ('all', t.region)) AS p90,
  (SELECT COUNT(*) FROM outcome AS o WHERE o.month = m.month AND o.bad
    AND v.segment_value IN ('all', o.region)) AS customers_with_bad_ticket,
  (SELECT CASE WHEN m.month + INTERVAL 1 MONTH + INTERVAL 90 DAY <= DATE '2025-01-01'
      THEN COUNT(*) END FROM outcome AS o WHERE o.month = m.month AND o.bad AND o.lost
    AND v.segment_value IN ('all', o.region)) AS churned_with_bad_ticket,
  (SELECT COUNT(*) FROM outcome AS o WHERE o.month = m.month AND NOT o.bad
    AND v.segment_value IN ('all', o.region)) AS customers_without_bad_ticket,
  (SELECT CASE WHEN m.month + INTERVAL 1 MONTH + INTERVAL 90 DAY <= DATE '2025-01-01'
      THEN COUNT(*) END FROM outcome AS o WHERE o.month = m.month AND NOT o.bad AND o.lost
    AND v.segment_value IN ('all', o.region)) AS churned_without_bad_ticket
FROM month AS m CROSS JOIN value AS v
WHERE EXISTS (SELECT 1 FROM ticket AS t WHERE t.month <= m.month
  AND v.segment_value IN ('all', t.region))
