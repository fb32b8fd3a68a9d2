-- Views of the raw tables that stand before every query of invariants.sql and of the life-cycle paths:
-- of each object its newest version, the lines of the invoices, and what events hold.
WITH
cus AS (SELECT * FROM raw.customers QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1),
pm AS (SELECT * FROM raw.payment_methods QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1),
sub AS (SELECT *, items[1] AS item FROM raw.subscriptions QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1),
inv AS (SELECT *, parent.subscription AS subscription FROM raw.invoices QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1),
inpay AS (SELECT *, payment.payment_intent AS payment_intent FROM raw.invoice_payments QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1),
pi AS (SELECT * FROM raw.payment_intents QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1),
ch AS (SELECT * FROM raw.charges QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1),
re AS (SELECT * FROM raw.refunds QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1),
du AS (SELECT * FROM raw.disputes QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1),
bt AS (SELECT * FROM raw.balance_transactions QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1),
po AS (SELECT * FROM raw.payouts QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1),
line AS (SELECT inv.id AS invoice, inv.created, inv.status, inv.billing_reason, inv.customer, unnest(inv.lines) AS l FROM inv),
item_line AS (
  SELECT *, l.parent.subscription_item_details.subscription_item AS item,
         l.parent.subscription_item_details.subscription AS subscription,
         l.parent.subscription_item_details.proration AS proration
  FROM line),
sub_event AS (
  SELECT object_id AS id, created, id AS event, type,
         data_object->>'$.status' AS status,
         (data_object->>'$.cancel_at_period_end')::BOOLEAN AS cancel_at_period_end,
         (data_object->>'$.cancel_at')::BIGINT AS cancel_at,
         (data_object->>'$.canceled_at')::BIGINT AS canceled_at,
         (data_object->>'$.items.data[0].current_period_end')::BIGINT AS period_end
  FROM raw.events WHERE object_type = 'subscription'),
sub_step AS (
  SELECT *, lag(status) OVER (PARTITION BY id ORDER BY created, event) AS before FROM sub_event),
versions AS (
  SELECT 'customer' AS type, id, _snapshot_date AS day, _changed_at AS at, created FROM raw.customers UNION ALL
  SELECT 'payment_method', id, _snapshot_date, _changed_at, created FROM raw.payment_methods UNION ALL
  SELECT 'subscription', id, _snapshot_date, _changed_at, created FROM raw.subscriptions UNION ALL
  SELECT 'invoice', id, _snapshot_date, _changed_at, created FROM raw.invoices UNION ALL
  SELECT 'payment_intent', id, _snapshot_date, _changed_at, created FROM raw.payment_intents UNION ALL
  SELECT 'charge', id, _snapshot_date, _changed_at, created FROM raw.charges UNION ALL
  SELECT 'refund', id, _snapshot_date, _changed_at, created FROM raw.refunds UNION ALL
  SELECT 'dispute', id, _snapshot_date, _changed_at, created FROM raw.disputes UNION ALL
  SELECT 'payout', id, _snapshot_date, _changed_at, created FROM raw.payouts UNION ALL
  SELECT 'product', id, _snapshot_date, _changed_at, created FROM raw.products UNION ALL
  SELECT 'price', id, _snapshot_date, _changed_at, created FROM raw.prices UNION ALL
  SELECT 'coupon', id, _snapshot_date, _changed_at, created FROM raw.coupons UNION ALL
  SELECT 'discount', id, _snapshot_date, _changed_at, start FROM raw.discounts),
unannounced AS (
  SELECT 'invoice_payment' AS type, id, _snapshot_date AS day, _changed_at AS at, created FROM raw.invoice_payments UNION ALL
  SELECT 'balance_transaction', id, _snapshot_date, _changed_at, created FROM raw.balance_transactions),
all_versions AS (SELECT * FROM versions UNION ALL SELECT * FROM unannounced),
the_end AS (SELECT TIMESTAMP '2026-01-01' AS at),
month_end AS (SELECT unnest(generate_series(TIMESTAMP '2021-02-01', TIMESTAMP '2026-01-01', INTERVAL 1 MONTH)) AS at),
-- Annualised revenue of each subscription in each of its versions, coupons that last for ever off.
sub_state AS (
  SELECT s.id, s.customer, s.status, s.items[1] AS item, s._changed_at AS since,
         lead(s._changed_at) OVER (PARTITION BY s.id ORDER BY s._changed_at) AS until,
         CASE WHEN s.status IN ('active', 'past_due') AND coalesce(s.pause_collection.behavior, 'keep_as_draft') = 'keep_as_draft'
              THEN list.arr - coalesce(CASE WHEN c.percent_off IS NOT NULL THEN round(list.arr * c.percent_off / 100)
                                            WHEN c.amount_off IS NOT NULL THEN least(list.arr, c.amount_off * list.periods) END, 0)
              ELSE 0 END AS arr
  FROM raw.subscriptions s,
       LATERAL (SELECT CASE s.items[1].price.recurring."interval" WHEN 'year' THEN 1 ELSE 12 END AS periods) p,
       LATERAL (SELECT p.periods, s.items[1].price.unit_amount * p.periods AS arr) list
       LEFT JOIN (SELECT DISTINCT id, coupon FROM raw.discounts) d ON d.id = s.discounts[1]
       LEFT JOIN (SELECT DISTINCT id, percent_off, amount_off FROM raw.coupons WHERE duration = 'forever') c ON c.id = d.coupon),
at_month_end AS (
  SELECT m.at, s.* FROM month_end m JOIN sub_state s ON s.since < m.at AND (s.until IS NULL OR s.until >= m.at))
