-- What each model gives the channels of each first payment; weight_ppm of a model sums to 1,000,000.
SELECT converted_on, customer_id, model, channel, campaign, weight_ppm, amount_minor, currency
FROM facts.fct_attribution
WHERE conversion = 'first_payment' AND converted_on >= {eleven_months_before}
  AND converted_on < {to}
ORDER BY converted_on, customer_id, model, channel, campaign
