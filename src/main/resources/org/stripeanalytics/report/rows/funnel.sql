-- Customers who signed up in the month, and how far each has come.
SELECT customer_id, signed_up_on, trial_started_at, trial_ended_at, first_paid_at,
  is_retained_30d, is_retained_90d, is_retained_365d, country, channel
FROM intermediate.customer_milestones
WHERE signed_up_on >= {from} AND signed_up_on < {to} AND {in_view}
ORDER BY signed_up_on, customer_id
