-- What Stripe booked in the month, in minor units of the settled currency.
SELECT day, balance_transaction_id, customer_id, type, revenue_part, currency, amount_minor,
  fee_minor, net_minor
FROM facts.fct_balance_transactions
WHERE day >= {from} AND day < {to} AND {in_view}
ORDER BY day, balance_transaction_id
