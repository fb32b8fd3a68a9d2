-- The visits before each first payment, in order.
SELECT conversion_id, customer_id, position, touched_at, channel, campaign, takes_credit
FROM facts.fct_touchpoints
WHERE conversion = 'first_payment'
ORDER BY conversion_id, position
