-- Customers at the end of the month with their stage, and the one they had a month before.
SELECT customer_id, previous_stage, stage, mrr
FROM marts.customer_segments
WHERE month = {from}
ORDER BY stage, previous_stage, customer_id
