-- The invariants of the generated account, each under its number: a query that finds what breaks it.
-- The views of views.sql stand before it.

-- 01 ids are unique and have the prefix of their type
SELECT type, id FROM all_versions GROUP BY type, id, day HAVING count(*) > 1
UNION ALL SELECT min(type), id FROM all_versions GROUP BY id HAVING count(DISTINCT type) > 1
UNION ALL SELECT type, id FROM all_versions GROUP BY type, id HAVING count(DISTINCT created) > 1
UNION ALL SELECT 'event', id FROM raw.events GROUP BY id HAVING count(*) > 1
UNION ALL SELECT 'event', id FROM raw.events WHERE NOT regexp_full_match(id, 'evt_1[0-9A-Za-z]{23}')
UNION ALL SELECT type, id FROM all_versions WHERE NOT regexp_full_match(id, CASE type
  WHEN 'customer' THEN 'cus_[0-9A-Za-z]{14}' WHEN 'payment_method' THEN 'pm_1[0-9A-Za-z]{23}'
  WHEN 'subscription' THEN 'sub_1[0-9A-Za-z]{23}' WHEN 'invoice' THEN 'in_1[0-9A-Za-z]{23}'
  WHEN 'invoice_payment' THEN 'inpay_1[0-9A-Za-z]{23}' WHEN 'payment_intent' THEN 'pi_3[0-9A-Za-z]{23}'
  WHEN 'charge' THEN 'ch_3[0-9A-Za-z]{23}' WHEN 'refund' THEN 're_3[0-9A-Za-z]{23}'
  WHEN 'dispute' THEN 'du_1[0-9A-Za-z]{23}' WHEN 'balance_transaction' THEN 'txn_[13][0-9A-Za-z]{23}'
  WHEN 'payout' THEN 'po_1[0-9A-Za-z]{23}' WHEN 'product' THEN 'prod_[0-9A-Za-z]{14}'
  WHEN 'price' THEN 'price_1[0-9A-Za-z]{23}' WHEN 'discount' THEN 'di_1[0-9A-Za-z]{23}' ELSE '[0-9A-Z]+' END)

-- 02 every id that is named exists
SELECT 'customer', customer FROM (SELECT customer FROM sub UNION SELECT customer FROM inv UNION SELECT customer FROM pi
  UNION SELECT customer FROM ch UNION SELECT customer FROM re UNION SELECT customer FROM raw.payment_methods
  UNION SELECT customer FROM raw.discounts) WHERE customer NOT IN (SELECT id FROM cus)
UNION ALL SELECT 'price', item.price.id FROM sub WHERE item.price.id NOT IN (SELECT id FROM raw.prices)
UNION ALL SELECT 'product', product FROM raw.prices WHERE product NOT IN (SELECT id FROM raw.products)
UNION ALL SELECT 'line price', l.pricing.price FROM line WHERE l.pricing.price NOT IN (SELECT id FROM raw.prices)
UNION ALL SELECT 'payment method', payment_method FROM (SELECT payment_method FROM ch UNION SELECT payment_method FROM pi
  UNION SELECT payment_method FROM re UNION SELECT default_payment_method FROM raw.customers) WHERE payment_method NOT IN (SELECT id FROM pm)
UNION ALL SELECT 'subscription', subscription FROM inv WHERE subscription NOT IN (SELECT id FROM sub)
UNION ALL SELECT 'item', item FROM item_line WHERE item NOT IN (SELECT item.id FROM sub)
UNION ALL SELECT 'invoice', latest_invoice FROM raw.subscriptions WHERE latest_invoice NOT IN (SELECT id FROM inv)
UNION ALL SELECT 'invoice', invoice FROM inpay WHERE invoice NOT IN (SELECT id FROM inv)
UNION ALL SELECT 'intent', payment_intent FROM (SELECT payment_intent FROM inpay UNION SELECT payment_intent FROM ch
  UNION SELECT payment_intent FROM re UNION SELECT payment_intent FROM du) WHERE payment_intent NOT IN (SELECT id FROM pi)
UNION ALL SELECT 'charge', charge FROM (SELECT latest_charge AS charge FROM pi UNION SELECT charge FROM re UNION SELECT charge FROM du)
  WHERE charge NOT IN (SELECT id FROM ch)
UNION ALL SELECT 'transaction', txn FROM (SELECT balance_transaction AS txn FROM ch UNION SELECT balance_transaction FROM re
  UNION SELECT failure_balance_transaction FROM re UNION SELECT balance_transaction FROM po
  UNION SELECT unnest(balance_transactions).id FROM du) WHERE txn NOT IN (SELECT id FROM bt)
UNION ALL SELECT 'discount', discount FROM (SELECT unnest(discounts) AS discount FROM raw.subscriptions UNION SELECT unnest(discounts) FROM inv
  UNION SELECT unnest(l.discount_amounts).discount FROM line) WHERE discount NOT IN (SELECT id FROM raw.discounts)
UNION ALL SELECT 'coupon', coupon FROM raw.discounts WHERE coupon NOT IN (SELECT id FROM raw.coupons)

-- 03 livemode is the same everywhere
SELECT id FROM raw.customers WHERE NOT livemode UNION ALL SELECT id FROM raw.subscriptions WHERE NOT livemode
UNION ALL SELECT id FROM raw.invoices WHERE NOT livemode UNION ALL SELECT id FROM raw.charges WHERE NOT livemode
UNION ALL SELECT id FROM raw.payment_intents WHERE NOT livemode UNION ALL SELECT id FROM raw.events WHERE NOT livemode
UNION ALL SELECT id FROM raw.payment_methods WHERE NOT livemode UNION ALL SELECT id FROM raw.disputes WHERE NOT livemode
UNION ALL SELECT id FROM raw.products WHERE NOT livemode UNION ALL SELECT id FROM raw.prices WHERE NOT livemode
UNION ALL SELECT id FROM raw.payouts WHERE NOT livemode UNION ALL SELECT id FROM raw.coupons WHERE NOT livemode
UNION ALL SELECT id FROM raw.invoice_payments WHERE NOT livemode

-- 05 the currency is the same from the subscription to the refund
SELECT sub.id FROM sub JOIN inv ON inv.subscription = sub.id WHERE inv.currency <> sub.currency OR sub.item.price.currency <> sub.currency
UNION ALL SELECT invoice FROM line JOIN inv ON inv.id = invoice WHERE l.currency <> inv.currency
UNION ALL SELECT inpay.id FROM inpay JOIN inv ON inv.id = invoice JOIN pi ON pi.id = payment_intent WHERE pi.currency <> inv.currency OR inpay.currency <> inv.currency
UNION ALL SELECT ch.id FROM ch JOIN pi ON pi.id = payment_intent WHERE ch.currency <> pi.currency
UNION ALL SELECT re.id FROM re JOIN ch ON ch.id = re.charge WHERE re.currency <> ch.currency
UNION ALL SELECT du.id FROM du JOIN ch ON ch.id = du.charge WHERE du.currency <> ch.currency

-- 06 things come after what they belong to
SELECT pm.id FROM pm JOIN ch ON ch.payment_method = pm.id JOIN cus ON cus.id = ch.customer WHERE pm.created < cus.created OR ch.created < pm.created
UNION ALL SELECT sub.id FROM sub JOIN cus ON cus.id = customer WHERE sub.created < cus.created
UNION ALL SELECT sub.id FROM sub WHERE NOT EXISTS (SELECT 1 FROM raw.events e WHERE e.type = 'payment_method.attached' AND e.customer = sub.customer AND e.created <= sub.created)
UNION ALL SELECT inv.id FROM inv JOIN sub ON sub.id = inv.subscription WHERE inv.created < sub.created
UNION ALL SELECT pi.id FROM inpay JOIN inv ON inv.id = invoice JOIN pi ON pi.id = payment_intent WHERE pi.created < inv.created
UNION ALL SELECT ch.id FROM ch JOIN pi ON pi.id = payment_intent WHERE ch.created < pi.created
UNION ALL SELECT re.id FROM re JOIN ch ON ch.id = re.charge WHERE re.created < ch.created
UNION ALL SELECT du.id FROM du JOIN ch ON ch.id = du.charge WHERE du.created < ch.created

-- 07 invoices are finalised after they are made and paid after they are finalised
SELECT id FROM inv WHERE status_transitions.finalized_at < created OR status_transitions.paid_at < status_transitions.finalized_at
UNION ALL SELECT id FROM inv WHERE billing_reason = 'subscription_cycle' AND status_transitions.finalized_at < created + INTERVAL 1 HOUR

-- 08 nothing happens after the end, and open work is left open
SELECT id FROM all_versions, the_end WHERE all_versions.at >= the_end.at OR created >= the_end.at
UNION ALL SELECT id FROM raw.events, the_end WHERE created >= the_end.at
UNION ALL SELECT inv.id FROM inv, the_end WHERE status = 'open' AND next_payment_attempt < the_end.at
UNION ALL SELECT inv.id FROM inv, the_end WHERE status = 'draft' AND automatically_finalizes_at < the_end.at
UNION ALL SELECT sub.id FROM sub, the_end WHERE ended_at IS NULL AND cancel_at < the_end.at

-- 09 the periods of an item's lines follow each other without gap
SELECT item, l.period FROM (
  SELECT *, lead(l.period.start) OVER (PARTITION BY item ORDER BY l.period.start) AS next FROM item_line WHERE NOT proration)
WHERE next <> l.period."end"

-- 10 periods end on the anchor's day, or on the last day of a shorter month
SELECT item_line.invoice FROM item_line JOIN sub ON sub.id = item_line.subscription
WHERE NOT proration AND (l.amount > 0 OR sub.trial_start IS NULL)
  AND (l.period."end"::TIME <> sub.billing_cycle_anchor::TIME
       OR day(l.period."end") <> least(day(sub.billing_cycle_anchor), day(last_day(l.period."end"))))

-- 11 the current period of a live subscription contains the present
SELECT sub.id FROM sub, the_end WHERE status IN ('active', 'trialing', 'past_due')
  AND NOT (item.current_period_start < the_end.at AND item.current_period_end >= the_end.at)

-- 12 nothing happens to a subscription after its end, but for refunds and disputes
SELECT inv.id FROM inv JOIN sub ON sub.id = inv.subscription WHERE inv.created >= sub.ended_at
UNION ALL SELECT ch.id FROM ch JOIN inpay USING (payment_intent) JOIN inv ON inv.id = invoice JOIN sub ON sub.id = inv.subscription
  WHERE ch.created > sub.ended_at
UNION ALL SELECT e.event FROM sub_event e JOIN sub USING (id) WHERE e.created > sub.ended_at

-- 13 the lines add up to the subtotal
SELECT inv.id FROM inv WHERE subtotal <> coalesce(list_sum(list_transform(lines, lambda l: l.amount)), 0)

-- 14 the total is the subtotal less discounts
SELECT inv.id FROM inv WHERE total <> subtotal - coalesce(list_sum(list_transform(total_discount_amounts, lambda d: d.amount)), 0)
UNION ALL SELECT inv.id FROM inv WHERE coalesce(list_sum(list_transform(total_discount_amounts, lambda d: d.amount)), 0)
  <> coalesce(list_sum(list_transform(lines, lambda l: coalesce(list_sum(list_transform(l.discount_amounts, lambda d: d.amount)), 0))), 0)

-- 15 what is due is the total and the balance before, and never negative
SELECT id FROM inv WHERE amount_due <> greatest(0, total + starting_balance)

-- 16 what remains is what is due less what is paid
SELECT id FROM raw.invoices WHERE amount_remaining <> amount_due - amount_paid

-- 17 paid invoices have nothing remaining and a time of payment, others neither
SELECT id FROM raw.invoices WHERE (status = 'paid') <> (amount_remaining = 0 AND status_transitions.paid_at IS NOT NULL)

-- 18 a line's amount is its unit price times its quantity
SELECT invoice FROM item_line WHERE NOT proration AND l.amount <> CAST(l.pricing.unit_amount_decimal AS BIGINT) * l.quantity

-- 19 a proration credits what is left of the old price and debits what is left of the new one
SELECT c.invoice FROM item_line c JOIN item_line d ON d.invoice = c.invoice AND d.l.amount > 0
JOIN item_line paid ON paid.item = c.item AND NOT paid.proration AND paid.l.period."end" = c.l.period."end"
JOIN raw.prices old ON old.id = c.l.pricing.price JOIN raw.prices new ON new.id = d.l.pricing.price,
LATERAL (SELECT epoch(c.l.period."end") - epoch(c.l.period.start) AS rest, epoch(c.l.period."end") - epoch(paid.l.period.start) AS whole) t
WHERE c.l.amount < 0 AND c.proration
  AND (c.l.amount <> -round(old.unit_amount * t.rest / t.whole) OR d.l.amount <> round(new.unit_amount * t.rest / t.whole) OR -c.l.amount > paid.l.amount)
UNION ALL SELECT invoice FROM item_line WHERE proration GROUP BY invoice HAVING count(*) <> 2 OR count(*) FILTER (l.amount < 0) <> 1

-- 20 no list of lines is cut off
SELECT id FROM inv WHERE len(lines) > 10 OR len(lines) = 0
UNION ALL SELECT id FROM raw.events WHERE object_type = 'invoice' AND data_object->>'$.lines.has_more' <> 'false'

-- 21 invoice numbers have no gaps within a customer
SELECT customer FROM inv WHERE number IS NOT NULL GROUP BY customer
HAVING max(CAST(split_part(number, '-', 2) AS BIGINT)) <> count(*) OR count(DISTINCT number) <> count(*)
UNION ALL SELECT id FROM inv WHERE (number IS NULL) <> (status_transitions.finalized_at IS NULL)

-- 22 a paid invoice has one paid payment, one succeeded intent and one succeeded charge of its amount
SELECT inv.id FROM inv WHERE status = 'paid' AND amount_due > 0 AND (
  (SELECT count(*) FROM inpay WHERE inpay.invoice = inv.id AND inpay.status = 'paid' AND amount_paid = inv.amount_due) <> 1
  OR (SELECT count(*) FROM inpay JOIN pi ON pi.id = payment_intent WHERE inpay.invoice = inv.id AND pi.status = 'succeeded' AND pi.amount = inv.amount_due) <> 1
  OR (SELECT count(*) FROM inpay JOIN ch USING (payment_intent) WHERE inpay.invoice = inv.id AND ch.status = 'succeeded' AND ch.amount = inv.amount_due) <> 1)
UNION ALL SELECT inv.id FROM inv JOIN inpay ON inpay.invoice = inv.id WHERE inv.status <> 'paid' AND inpay.status = 'paid'

-- 23 an invoice of nothing has no payment
SELECT inv.id FROM inv JOIN inpay ON inpay.invoice = inv.id WHERE amount_due = 0

-- 24 an intent's latest charge is its last, and what it received is what was captured
SELECT pi.id FROM pi LEFT JOIN ch ON ch.payment_intent = pi.id GROUP BY pi.id, pi.latest_charge, pi.amount_received
HAVING pi.latest_charge IS DISTINCT FROM arg_max(ch.id, ch.created) OR pi.amount_received <> coalesce(sum(ch.amount_captured), 0)

-- 25 the attempts of an invoice are the charges of its intent
SELECT inv.id FROM inv JOIN inpay ON inpay.invoice = inv.id LEFT JOIN ch USING (payment_intent)
GROUP BY inv.id, inv.attempt_count HAVING inv.attempt_count <> count(ch.id)

-- 26 there are at most nine attempts, within two weeks, and none with a card that was declined for good
SELECT payment_intent FROM ch GROUP BY payment_intent HAVING count(*) FILTER (status = 'failed') > 9
UNION ALL SELECT payment_intent FROM ch GROUP BY payment_intent
  HAVING max(created) FILTER (status = 'failed') > min(created) + INTERVAL 14 DAY
UNION ALL SELECT late.id FROM ch late JOIN (SELECT payment_intent, min(created) AS first FROM ch GROUP BY payment_intent) USING (payment_intent)
  JOIN inpay USING (payment_intent) JOIN inv ON inv.id = inpay.invoice
  WHERE late.created > first + INTERVAL 14 DAY AND inv.subscription NOT IN (SELECT id FROM sub_event WHERE status = 'unpaid')
UNION ALL SELECT later.id FROM ch hard JOIN ch later USING (payment_intent) WHERE later.created > hard.created AND later.payment_method = hard.payment_method
  AND hard.outcome.reason IN ('lost_card', 'stolen_card', 'pickup_card', 'incorrect_number')

-- 27 a next attempt is planned while an open invoice is retried, and only then
SELECT id FROM raw.invoices WHERE next_payment_attempt IS NOT NULL AND (status <> 'open' OR next_payment_attempt <= _changed_at)
UNION ALL SELECT inv.id FROM inv JOIN inpay ON inpay.invoice = inv.id JOIN ch USING (payment_intent) JOIN sub ON sub.id = inv.subscription
  WHERE inv.status = 'open' AND next_payment_attempt IS NULL AND inv.attempt_count < 9 AND sub.status NOT IN ('unpaid', 'incomplete')
  GROUP BY inv.id HAVING NOT bool_or(ch.outcome.advice_code = 'do_not_try_again' OR ch.payment_method_details.card.country = 'IN')

-- 28 failed charges moved nothing and say why, succeeded ones the reverse
SELECT id FROM ch WHERE status = 'failed' AND (paid OR captured OR balance_transaction IS NOT NULL OR failure_code IS NULL OR amount_captured <> 0)
UNION ALL SELECT id FROM ch WHERE status = 'succeeded' AND (NOT paid OR NOT captured OR balance_transaction IS NULL OR failure_code IS NOT NULL OR amount_captured <> amount)
UNION ALL SELECT id FROM ch WHERE status NOT IN ('failed', 'succeeded')

-- 29 no card works past its date
SELECT id FROM ch WHERE status = 'succeeded'
  AND payment_method_details.card.exp_year * 12 + payment_method_details.card.exp_month < year(created) * 12 + month(created)

-- 30 a charge knows what was refunded of it, and never more than it captured
SELECT ch.id FROM ch LEFT JOIN re ON re.charge = ch.id AND re.status = 'succeeded' GROUP BY ch.id, ch.amount_refunded, ch.amount_captured, ch.refunded, ch.amount
HAVING ch.amount_refunded <> coalesce(sum(re.amount), 0) OR ch.amount_refunded > ch.amount_captured
  OR (ch.refunded <> (ch.amount_refunded = ch.amount AND ch.amount_captured > 0))

-- 31 only succeeded charges are refunded
SELECT re.id FROM re JOIN ch ON ch.id = re.charge WHERE ch.status <> 'succeeded'

-- 32 disputes are of succeeded charges, one each, within 120 days, and not of what was given back
SELECT du.id FROM du JOIN ch ON ch.id = du.charge WHERE ch.status <> 'succeeded' OR du.amount > ch.amount - ch.amount_refunded
  OR du.created > ch.created + INTERVAL 120 DAY OR NOT ch.disputed
UNION ALL SELECT charge FROM du GROUP BY charge HAVING count(*) > 1
UNION ALL SELECT id FROM ch WHERE disputed AND id NOT IN (SELECT charge FROM du)

-- 33 a won dispute moved money twice, a lost or pending one once, an inquiry never
SELECT id FROM raw.disputes WHERE len(balance_transactions) <> CASE WHEN status = 'won' THEN 2 WHEN status LIKE 'warning_%' THEN 0 ELSE 1 END

-- 34 nothing is refunded after a lost dispute
SELECT re.id FROM re JOIN du ON du.charge = re.charge WHERE du.status = 'lost'

-- 35 what remains of an entry is its amount less its fee, which its details add up to
SELECT id FROM raw.balance_transactions WHERE net <> amount - fee
  OR fee <> coalesce(list_sum(list_transform(fee_details, lambda f: f.amount)), 0)

-- 36 every movement of money has exactly one entry that points back
SELECT ch.id FROM ch LEFT JOIN bt ON bt.source = ch.id AND bt.type = 'charge' WHERE ch.status = 'succeeded'
  GROUP BY ch.id, ch.balance_transaction HAVING count(bt.id) <> 1 OR min(bt.id) <> ch.balance_transaction
UNION ALL SELECT re.id FROM re LEFT JOIN bt ON bt.source = re.id AND bt.type = 'refund'
  GROUP BY re.id, re.balance_transaction HAVING count(bt.id) <> 1 OR min(bt.id) <> re.balance_transaction
UNION ALL SELECT re.id FROM re LEFT JOIN bt ON bt.source = re.id AND bt.type = 'refund_failure'
  GROUP BY re.id, re.status HAVING count(bt.id) <> (re.status = 'failed')::INT
UNION ALL SELECT du.id FROM du LEFT JOIN bt ON bt.source = du.id AND bt.reporting_category = 'dispute'
  GROUP BY du.id, du.status HAVING count(bt.id) <> (du.status NOT LIKE 'warning_%')::INT
UNION ALL SELECT po.id FROM po LEFT JOIN bt ON bt.source = po.id AND bt.type = 'payout' GROUP BY po.id HAVING count(bt.id) <> 1
UNION ALL SELECT bt.id FROM bt WHERE type <> 'stripe_fee' AND source NOT IN
  (SELECT id FROM ch UNION SELECT id FROM re UNION SELECT id FROM du UNION SELECT id FROM po)

-- 37 an entry has the amount of what it stands for; a rate only where the currency differs
SELECT bt.id FROM bt JOIN ch ON ch.id = bt.source WHERE bt.amount <> ch.amount OR bt.currency <> ch.currency OR exchange_rate IS NOT NULL
UNION ALL SELECT bt.id FROM bt JOIN re ON re.id = bt.source WHERE bt.amount <> CASE bt.type WHEN 'refund' THEN -re.amount ELSE re.amount END
UNION ALL SELECT bt.id FROM bt JOIN du ON du.id = bt.source WHERE abs(bt.amount) <> du.amount
UNION ALL SELECT bt.id FROM bt JOIN po ON po.id = bt.source WHERE bt.amount <> -po.amount

-- 38 fees are those of the price list for the card's country
SELECT bt.id FROM bt JOIN ch ON ch.id = bt.source
WHERE bt.fee <> round(ch.amount * CASE ch.payment_method_details.card.country WHEN 'US' THEN 0.029 ELSE 0.044 END) + 30
UNION ALL SELECT id FROM bt WHERE reporting_category = 'dispute' AND fee <> 1500
UNION ALL SELECT id FROM bt WHERE reporting_category NOT IN ('dispute', 'charge') AND fee <> 0

-- 39 what became available is what was paid out, at every payout
SELECT po.id FROM po WHERE
  (SELECT sum(net) FROM bt WHERE type <> 'payout' AND available_on <= date_trunc('day', po.created))
  <> (SELECT sum(amount) FROM po earlier WHERE earlier.created <= po.created)

-- 40 money becomes available after it moved, on a day on which banks work
SELECT id FROM bt WHERE available_on < created OR (type <> 'payout' AND dayofweek(available_on) IN (0, 6))

-- 41 statuses change only as Stripe's do
SELECT id, before, status FROM sub_step WHERE before <> status AND before || '>' || status NOT IN (
  'trialing>active', 'trialing>canceled', 'trialing>paused', 'incomplete>active', 'incomplete>incomplete_expired', 'active>past_due',
  'active>canceled', 'past_due>active', 'past_due>canceled', 'past_due>unpaid', 'unpaid>active', 'unpaid>canceled', 'paused>active')
UNION ALL SELECT id, before, status FROM sub_step WHERE before IS NULL AND status NOT IN ('trialing', 'active', 'incomplete')

-- 42 a cancellation for the period's end changes nothing before it, and ends the subscription then
SELECT id FROM sub_step WHERE cancel_at_period_end AND status NOT IN ('canceled') AND (cancel_at <> period_end OR canceled_at > epoch(created))
UNION ALL SELECT id FROM sub WHERE cancel_at_period_end AND status = 'canceled' AND ended_at <> cancel_at
  AND cancellation_details.reason = 'cancellation_requested'
UNION ALL SELECT inv.id FROM inv JOIN sub ON sub.id = inv.subscription WHERE sub.cancel_at_period_end AND inv.created >= sub.cancel_at
UNION ALL SELECT id FROM sub WHERE NOT cancel_at_period_end AND cancel_at IS NOT NULL

-- 43 a trial has a start and an end, and is over at its end
SELECT id FROM raw.subscriptions WHERE (trial_start IS NULL) <> (trial_end IS NULL)
UNION ALL SELECT sub.id FROM sub, the_end WHERE status = 'trialing' AND trial_end < the_end.at

-- 44 a customer has one live subscription at a time
SELECT a.id FROM sub a JOIN sub b ON a.customer = b.customer AND a.id <> b.id AND a.created <= b.created
WHERE coalesce(a.ended_at, TIMESTAMP '9999-01-01') > b.created

-- 45 a subscription's latest invoice is its newest
SELECT sub.id FROM sub JOIN inv ON inv.subscription = sub.id GROUP BY sub.id, sub.latest_invoice
HAVING max(inv.created) <> max(inv.created) FILTER (inv.id = sub.latest_invoice)

-- 46 a subscription is past due while its newest finalised invoice is open after a failed attempt
SELECT sub.id FROM sub JOIN inv ON inv.subscription = sub.id WHERE inv.status_transitions.finalized_at IS NOT NULL AND sub.ended_at IS NULL
  AND sub.status IN ('active', 'past_due')
GROUP BY sub.id, sub.status
HAVING (sub.status = 'past_due') <> arg_max(inv.status = 'open' AND inv.attempt_count > 0, inv.created)

-- 47 an item has the price of the newest line that bills it
SELECT sub.id FROM sub JOIN item_line ON item_line.subscription = sub.id WHERE l.amount >= 0 AND l.parent IS NOT NULL
GROUP BY sub.id, sub.item.price.id HAVING arg_max(l.pricing.price, item_line.created) <> sub.item.price.id

-- 50 every change has its event, and every event its change
SELECT v.type, v.id FROM versions v ANTI JOIN raw.events e ON e.object_id = v.id AND e.created = v.at
UNION ALL SELECT e.type, e.id FROM raw.events e ANTI JOIN all_versions v ON v.id = e.object_id AND v.day = e._snapshot_date
UNION ALL SELECT 'invoice_payment', id FROM inpay WHERE status = 'paid' AND id NOT IN (SELECT object_id FROM raw.events WHERE type = 'invoice_payment.paid')

-- 51 an object's events never go back
SELECT object_id FROM (
  SELECT object_id, rank, lag(rank) OVER (PARTITION BY object_id ORDER BY created, id) AS before
  FROM raw.events, LATERAL (SELECT CASE data_object->>'$.status' WHEN 'draft' THEN 0 WHEN 'open' THEN 1 ELSE 2 END AS rank)
  WHERE object_type = 'invoice')
WHERE rank < before
UNION ALL SELECT object_id FROM (
  SELECT object_id, type, row_number() OVER (PARTITION BY object_id ORDER BY created, id) AS n FROM raw.events)
WHERE n > 1 AND type IN ('customer.created', 'customer.subscription.created', 'invoice.created', 'payment_intent.created', 'refund.created', 'payout.created')

-- 52 a subscription's revenue at a month's end is what the lines that cover that instant bill
SELECT m.at, m.id FROM at_month_end m JOIN item_line i ON i.subscription = m.id
WHERE m.arr > 0 AND i.l.amount >= 0 AND i.created < m.at AND i.l.period.start < m.at AND i.l.period."end" >= m.at
GROUP BY m.at, m.id, m.item.price.id HAVING arg_max(i.l.pricing.price, i.created) <> m.item.price.id
UNION ALL SELECT m.at, m.id FROM at_month_end m WHERE m.arr > 0 AND NOT EXISTS (
  SELECT 1 FROM item_line i WHERE i.subscription = m.id AND i.l.period.start < m.at AND i.l.period."end" >= m.at AND i.created < m.at)

-- 53 revenue moves from month end to month end by the true movements, and by nothing else
SELECT m.at, r.arr, t.arr FROM month_end m,
LATERAL (SELECT coalesce(sum(arr), 0) AS arr FROM at_month_end s WHERE s.at = m.at) r,
LATERAL (SELECT coalesce(sum(arr), 0) AS arr FROM (
  SELECT customer, arg_max(movement.arr_minor, movement.day) AS arr
  FROM (SELECT customer, unnest(movements) AS movement FROM truth.customers) WHERE movement.day < m.at GROUP BY customer)) t
WHERE r.arr <> t.arr
