-- Failed payments of the newest twelve months.
SELECT day, customer_id, charge_id, failure_code, attempt_number, network, amount_reporting_minor
FROM facts.fct_payments
WHERE status = 'failed' AND day >= {eleven_months_before} AND day < {to} AND {in_view}
ORDER BY day, charge_id
