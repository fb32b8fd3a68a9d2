-- The newest webhooks: when Stripe made the event, and when it came here.
SELECT *
FROM ops.deliveries
ORDER BY received_at DESC
LIMIT 1000
