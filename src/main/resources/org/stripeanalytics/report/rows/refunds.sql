-- All refunds of the month; the figures count those with status = 'succeeded' and not is_release.
SELECT day, refund_id, charge_id, charge_day, customer_id, status, reason, is_release,
  amount_reporting_minor
FROM facts.fct_refunds
WHERE day >= {from} AND day < {to} AND {in_view}
ORDER BY day, refund_id
