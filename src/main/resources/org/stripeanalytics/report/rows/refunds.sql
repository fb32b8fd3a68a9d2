-- Refunds of the month; those that succeeded and are more than a release of an authorisation count.
SELECT day, refund_id, charge_id, charge_day, customer_id, status, reason, is_release,
  amount_reporting_minor
FROM facts.fct_refunds
WHERE day >= {from} AND day < {to} AND {in_view}
ORDER BY day, refund_id
