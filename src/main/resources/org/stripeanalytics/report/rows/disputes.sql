-- All disputes of the month; the figures leave out those with is_inquiry.
SELECT day, dispute_id, charge_id, charge_day, customer_id, network, status, reason, is_inquiry,
  amount_reporting_minor
FROM facts.fct_disputes
WHERE day >= {from} AND day < {to} AND {in_view}
ORDER BY day, dispute_id
