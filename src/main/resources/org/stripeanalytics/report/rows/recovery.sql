-- Invoices first attempted in the month, and what became of them.
SELECT invoice_id, customer_id, first_attempted_at, first_attempt_status, attempts,
  attempts_succeeded, paid_at, is_recovered, is_in_recovery, amount_due_reporting_minor
FROM intermediate.invoice_settlements
WHERE first_attempted_at >= {from_moment} AND first_attempted_at < {to_moment} AND {in_view}
ORDER BY first_attempted_at, invoice_id
