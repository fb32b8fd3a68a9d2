-- Builders for the examples: each fills every required column, so that an example says only what
-- matters to it. Run after the tables exist, before an example. Times are UTC.
SET TimeZone = 'UTC';

-- Set before an example, it goes before every id in it, so that several make up one account. Products
-- and prices are everybody's.
CREATE OR REPLACE TEMP MACRO named(id) AS coalesce(getvariable('prefix'), '') || CAST(id AS VARCHAR);
CREATE OR REPLACE TEMP MACRO all_named(ids) AS list_transform(ids, lambda id: named(id));

-- A tier up to and including a quantity; the last has none.
CREATE OR REPLACE TEMP MACRO a_tier(up_to, unit_amount, flat_amount := NULL, unit_amount_decimal := NULL) AS {
  'up_to': CAST(up_to AS BIGINT), 'unit_amount': CAST(unit_amount AS BIGINT),
  'unit_amount_decimal': coalesce(CAST(unit_amount_decimal AS VARCHAR), CAST(unit_amount AS VARCHAR)),
  'flat_amount': CAST(flat_amount AS BIGINT), 'flat_amount_decimal': CAST(flat_amount AS VARCHAR)};

-- Empty lists keep the type of what they would hold.
CREATE OR REPLACE TEMP MACRO no_tiers() AS [a_tier(NULL, 0)][2:];

-- The amount of a price in another currency than its own.
CREATE OR REPLACE TEMP MACRO an_option(currency, unit_amount, unit_amount_decimal := NULL) AS {
  'currency': CAST(currency AS VARCHAR), 'unit_amount': CAST(unit_amount AS BIGINT),
  'unit_amount_decimal': coalesce(CAST(unit_amount_decimal AS VARCHAR), CAST(unit_amount AS VARCHAR)),
  'tiers': no_tiers()};
CREATE OR REPLACE TEMP MACRO no_options() AS [an_option('usd', 0)][2:];

CREATE OR REPLACE TEMP MACRO a_price(id, product, unit_amount, unit,
    interval_count := 1, currency := 'usd', usage_type := 'licensed', billing_scheme := 'per_unit',
    price_type := 'recurring', unit_amount_decimal := NULL, transform := NULL, options := NULL,
    tiers := NULL, tiers_mode := NULL) AS {
  'id': id, 'product': product, 'currency': currency, 'type': price_type, 'billing_scheme': billing_scheme,
  'unit_amount': CAST(unit_amount AS BIGINT),
  'unit_amount_decimal': coalesce(unit_amount_decimal, CAST(unit_amount AS VARCHAR)),
  'recurring': CASE WHEN price_type = 'recurring' THEN
      {'interval': unit, 'interval_count': CAST(interval_count AS BIGINT), 'usage_type': usage_type,
       'trial_period_days': CAST(NULL AS BIGINT)} END,
  'transform_quantity': CAST(transform AS STRUCT(divide_by BIGINT, round VARCHAR)),
  'currency_options': coalesce(options, no_options()),
  'tiers_mode': CAST(tiers_mode AS VARCHAR),
  'tiers': coalesce(tiers, no_tiers())};

CREATE OR REPLACE TEMP MACRO an_item(id, price, quantity := 1, discounts := CAST([] AS VARCHAR[])) AS {
  'id': named(id), 'created': TIMESTAMP '2020-01-01', 'quantity': CAST(quantity AS BIGINT),
  'current_period_start': TIMESTAMP '2020-01-01', 'current_period_end': TIMESTAMP '2020-02-01',
  'discounts': all_named(discounts), 'price': price};

CREATE OR REPLACE TEMP MACRO a_customer(id, created,
    country := 'US', channel := 'organic', discount := NULL, changed := NULL) AS TABLE
SELECT named(id) AS id, CAST(created AS TIMESTAMP) AS created,
       {'city': NULL, 'country': CAST(country AS VARCHAR), 'line1': NULL, 'line2': NULL, 'postal_code': NULL, 'state': NULL} AS address,
       0 AS balance, CAST([] AS VARCHAR[]) AS preferred_locales, named(discount) AS discount, true AS livemode,
       CASE WHEN channel IS NULL THEN [] ELSE [{'key': 'channel', 'value': channel}] END AS metadata,
       CAST(coalesce(changed, created) AS DATE) AS _snapshot_date,
       CAST(coalesce(changed, created) AS TIMESTAMP) AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

CREATE OR REPLACE TEMP MACRO a_subscription(id, customer, starts, items,
    status := 'active', changed := NULL, seen := NULL, ended_at := NULL, canceled_at := NULL, cancel_at := NULL,
    cancel_at_period_end := false, reason := NULL, trial_start := NULL, trial_end := NULL,
    latest_invoice := NULL, discounts := CAST([] AS VARCHAR[]), pause := NULL, currency := NULL) AS TABLE
SELECT named(id) AS id, named(customer) AS customer, CAST(starts AS TIMESTAMP) AS created,
       CAST(starts AS TIMESTAMP) AS start_date, status AS status,
       coalesce(currency, items[1].price.currency) AS currency,
       'charge_automatically' AS collection_method, CAST(starts AS TIMESTAMP) AS billing_cycle_anchor,
       CAST(cancel_at AS TIMESTAMP) AS cancel_at, cancel_at_period_end AS cancel_at_period_end,
       CAST(canceled_at AS TIMESTAMP) AS canceled_at,
       {'comment': CAST(NULL AS VARCHAR), 'feedback': CAST(NULL AS VARCHAR), 'reason': CAST(reason AS VARCHAR)} AS cancellation_details,
       CAST(ended_at AS TIMESTAMP) AS ended_at, CAST(trial_start AS TIMESTAMP) AS trial_start,
       CAST(trial_end AS TIMESTAMP) AS trial_end, named(latest_invoice) AS latest_invoice,
       all_named(discounts) AS discounts,
       CASE WHEN pause IS NOT NULL THEN {'behavior': pause, 'resumes_at': CAST(NULL AS TIMESTAMP)} END AS pause_collection,
       items AS items, true AS livemode, [] AS metadata,
       CAST(coalesce(seen, changed, starts) AS DATE) AS _snapshot_date,
       CAST(coalesce(changed, starts) AS TIMESTAMP) AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

CREATE OR REPLACE TEMP MACRO a_line(id, subscription_item, price, period_start, period_end,
    quantity := 1, amount := 0, proration := false, currency := 'usd') AS {
  'id': named(id), 'amount': CAST(amount AS BIGINT), 'subtotal': CAST(amount AS BIGINT), 'currency': CAST(currency AS VARCHAR),
  'description': CAST(NULL AS VARCHAR), 'quantity': CAST(quantity AS BIGINT), 'discountable': true,
  'period': {'start': CAST(period_start AS TIMESTAMP), 'end': CAST(period_end AS TIMESTAMP)},
  'parent': {'type': 'subscription_item_details',
             'subscription_item_details': {'subscription': CAST(NULL AS VARCHAR), 'subscription_item': named(subscription_item),
                                           'invoice_item': CAST(NULL AS VARCHAR), 'proration': proration},
             'invoice_item_details': NULL},
  'pricing': {'price': price, 'product': CAST(NULL AS VARCHAR), 'unit_amount_decimal': CAST(NULL AS VARCHAR)},
  'discount_amounts': []};

CREATE OR REPLACE TEMP MACRO an_invoice(id, customer, created,
    subscription := NULL, status := 'paid', total := 0, paid_at := NULL, attempt_count := 0,
    next_payment_attempt := NULL, currency := 'usd', lines := NULL, changed := NULL, finalized_at := NULL,
    out_of_band := NULL) AS TABLE
SELECT named(id) AS id, named(customer) AS customer, CAST(created AS TIMESTAMP) AS created, status AS status,
       'charge_automatically' AS collection_method, currency AS currency, total AS subtotal, total AS total,
       total AS amount_due, CASE WHEN status = 'paid' THEN total ELSE 0 END AS amount_paid,
       CASE WHEN status = 'paid' THEN 0 ELSE total END AS amount_remaining, 0 AS amount_overpaid,
       0 AS starting_balance, attempt_count AS attempt_count, attempt_count > 0 AS attempted,
       CAST(out_of_band AS BOOLEAN) AS paid_out_of_band,
       CAST(next_payment_attempt AS TIMESTAMP) AS next_payment_attempt,
       CAST(created AS TIMESTAMP) AS period_start, CAST(created AS TIMESTAMP) AS period_end,
       {'type': 'subscription_details', 'subscription': named(subscription)} AS parent,
       {'finalized_at': CAST(finalized_at AS TIMESTAMP), 'marked_uncollectible_at': CAST(NULL AS TIMESTAMP),
        'paid_at': CAST(paid_at AS TIMESTAMP), 'voided_at': CAST(NULL AS TIMESTAMP)} AS status_transitions,
       coalesce(lines, []) AS lines, CAST([] AS VARCHAR[]) AS discounts, [] AS total_discount_amounts,
       true AS livemode, [] AS metadata,
       CAST(coalesce(changed, paid_at, created) AS DATE) AS _snapshot_date,
       CAST(coalesce(changed, paid_at, created) AS TIMESTAMP) AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

CREATE OR REPLACE TEMP MACRO a_product(id, name) AS TABLE
SELECT id AS id, TIMESTAMP '2020-01-01' AS created, TIMESTAMP '2020-01-01' AS updated, true AS active,
       name AS name, 'service' AS "type", true AS livemode, [] AS metadata,
       DATE '2020-01-01' AS _snapshot_date, TIMESTAMP '2020-01-01' AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

CREATE OR REPLACE TEMP MACRO a_price_row(price) AS TABLE
SELECT (price).id AS id, TIMESTAMP '2020-01-01' AS created, true AS active, (price).currency AS currency,
       (price).product AS product, (price)."type" AS "type", (price).billing_scheme AS billing_scheme,
       (price).unit_amount AS unit_amount, (price).unit_amount_decimal AS unit_amount_decimal,
       (price).recurring AS recurring,
       (price).transform_quantity AS transform_quantity, (price).currency_options AS currency_options,
       (price).tiers_mode AS tiers_mode, (price).tiers AS tiers, true AS livemode, [] AS metadata,
       DATE '2020-01-01' AS _snapshot_date, TIMESTAMP '2020-01-01' AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

-- The account of all examples: two products, their usual prices, three currencies, four countries.
CREATE OR REPLACE TEMP MACRO starter(unit_amount, unit := 'month') AS a_price('price_starter_' || unit_amount || unit, 'prod_starter', unit_amount, unit);
CREATE OR REPLACE TEMP MACRO professional(unit_amount, unit := 'month') AS a_price('price_professional_' || unit_amount || unit, 'prod_professional', unit_amount, unit);

INSERT INTO raw.products BY NAME FROM a_product('prod_starter', 'Starter');
INSERT INTO raw.products BY NAME FROM a_product('prod_professional', 'Professional');
INSERT INTO raw.products BY NAME FROM a_product('prod_addon', 'Add-on');
INSERT INTO seeds.fx_rates BY NAME
SELECT *, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id
FROM (VALUES ('usd', 1), ('eur', 1.1), ('jpy', 0.0067), ('kwd', 3.25)) AS t(currency, rate);
INSERT INTO seeds.geography BY NAME
SELECT *, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id
FROM (VALUES ('US', 'United States', 'north_america'), ('DE', 'Germany', 'europe'),
             ('JP', 'Japan', 'asia_pacific'), ('BR', 'Brazil', 'other')) AS t(country, country_name, region);

-- Coupons and discounts ----------------------------------------------------------------------------

CREATE OR REPLACE TEMP MACRO a_coupon(id, duration,
    percent_off := NULL, amount_off := NULL, currency := NULL, products := NULL) AS TABLE
SELECT named(id) AS id, TIMESTAMP '2020-01-01' AS created, duration AS duration,
       CAST(percent_off AS DECIMAL(38, 9)) AS percent_off, CAST(amount_off AS BIGINT) AS amount_off,
       CAST(currency AS VARCHAR) AS currency, 0 AS times_redeemed, true AS valid,
       CASE WHEN products IS NOT NULL THEN {'products': products} END AS applies_to,
       true AS livemode, [] AS metadata, DATE '2020-01-01' AS _snapshot_date, TIMESTAMP '2020-01-01' AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

CREATE OR REPLACE TEMP MACRO a_discount(id, coupon, starts, ends := NULL) AS TABLE
SELECT named(id) AS id, named(coupon) AS coupon, CAST(starts AS TIMESTAMP) AS start, CAST(ends AS TIMESTAMP) AS "end",
       CAST(starts AS DATE) AS _snapshot_date, CAST(starts AS TIMESTAMP) AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

-- Payments -----------------------------------------------------------------------------------------

CREATE OR REPLACE TEMP MACRO a_charge(id, customer, created, amount,
    status := 'succeeded', currency := 'usd', payment_intent := NULL, reason := NULL, failure_code := NULL,
    brand := 'visa', captured := NULL) AS TABLE
SELECT named(id) AS id, named(customer) AS customer, CAST(created AS TIMESTAMP) AS created, amount AS amount,
       coalesce(captured, CASE WHEN status = 'succeeded' THEN amount ELSE 0 END) AS amount_captured, 0 AS amount_refunded,
       currency AS currency, status AS status, status = 'succeeded' AS paid,
       coalesce(captured > 0, status = 'succeeded') AS captured,
       false AS refunded, false AS disputed, named(payment_intent) AS payment_intent,
       CAST(failure_code AS VARCHAR) AS failure_code,
       {'type': CASE WHEN status = 'succeeded' THEN 'authorized' ELSE 'issuer_declined' END,
        'network_status': CAST(NULL AS VARCHAR), 'reason': CAST(reason AS VARCHAR), 'advice_code': CAST(NULL AS VARCHAR),
        'network_decline_code': CAST(NULL AS VARCHAR), 'risk_level': CAST(NULL AS VARCHAR),
        'risk_score': CAST(NULL AS BIGINT), 'seller_message': CAST(NULL AS VARCHAR)} AS outcome,
       {'type': 'card', 'card': {'brand': brand, 'country': 'US', 'exp_month': CAST(1 AS BIGINT), 'exp_year': CAST(2030 AS BIGINT),
                                 'funding': 'credit', 'last4': '4242', 'fingerprint': CAST(NULL AS VARCHAR)}} AS payment_method_details,
       {'address': NULL, 'email': CAST(NULL AS VARCHAR), 'name': CAST(NULL AS VARCHAR), 'phone': CAST(NULL AS VARCHAR)} AS billing_details,
       true AS livemode, [] AS metadata, CAST(created AS DATE) AS _snapshot_date, CAST(created AS TIMESTAMP) AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

CREATE OR REPLACE TEMP MACRO an_invoice_payment(id, invoice, payment_intent, created, charge := NULL, payment_type := NULL, status := 'open') AS TABLE
SELECT named(id) AS id, CAST(created AS TIMESTAMP) AS created, named(invoice) AS invoice, 0 AS amount_requested, 'usd' AS currency,
       true AS is_default,
       {'type': coalesce(payment_type, CASE WHEN charge IS NULL THEN 'payment_intent' ELSE 'charge' END),
        'payment_intent': named(payment_intent), 'charge': named(charge)} AS payment,
       status AS status,
       {'canceled_at': CAST(NULL AS TIMESTAMP), 'paid_at': CAST(NULL AS TIMESTAMP)} AS status_transitions,
       true AS livemode, CAST(created AS DATE) AS _snapshot_date, CAST(created AS TIMESTAMP) AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

-- An event of which nothing but its type, time and object matters.
CREATE OR REPLACE TEMP MACRO an_event(id, type, created, object_type, object_id) AS TABLE
SELECT named(id) AS id, CAST(created AS TIMESTAMP) AS created, type AS "type", object_type AS object_type,
       named(object_id) AS object_id, '{}' AS data_object, 0 AS pending_webhooks, true AS livemode,
       CAST(created AS DATE) AS _snapshot_date, CAST(created AS TIMESTAMP) AS _changed_at,
       'webhook' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

CREATE OR REPLACE TEMP MACRO a_refund(id, charge, created, amount, status := 'succeeded', currency := 'usd', reason := NULL) AS TABLE
SELECT named(id) AS id, CAST(created AS TIMESTAMP) AS created, named(charge) AS charge, amount AS amount, currency AS currency,
       status AS status, CAST(reason AS VARCHAR) AS reason, [] AS metadata, CAST(created AS DATE) AS _snapshot_date, CAST(created AS TIMESTAMP) AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

CREATE OR REPLACE TEMP MACRO a_dispute(id, charge, created, amount,
    status := 'needs_response', currency := 'usd', changed := NULL) AS TABLE
SELECT named(id) AS id, CAST(created AS TIMESTAMP) AS created, named(charge) AS charge, amount AS amount, currency AS currency,
       status AS status, 'fraudulent' AS reason, false AS is_charge_refundable,
       {'due_by': CAST(NULL AS TIMESTAMP), 'has_evidence': false, 'past_due': false, 'submission_count': CAST(0 AS BIGINT)} AS evidence_details,
       [] AS balance_transactions, true AS livemode, [] AS metadata,
       CAST(coalesce(changed, created) AS DATE) AS _snapshot_date, CAST(coalesce(changed, created) AS TIMESTAMP) AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

CREATE OR REPLACE TEMP MACRO a_ledger_entry(id, created, reporting_category, amount,
    fee := 0, source := NULL, currency := 'usd') AS TABLE
SELECT named(id) AS id, CAST(created AS TIMESTAMP) AS created, amount AS amount, CAST(created AS TIMESTAMP) AS available_on,
       'payments' AS balance_type, currency AS currency, fee AS fee, [] AS fee_details, amount - fee AS net,
       reporting_category AS reporting_category, named(source) AS source, 'available' AS status,
       CASE WHEN reporting_category LIKE 'dispute%' THEN 'adjustment' WHEN reporting_category = 'fee' THEN 'stripe_fee'
            ELSE reporting_category END AS "type",
       CAST(created AS DATE) AS _snapshot_date, CAST(created AS TIMESTAMP) AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;

CREATE OR REPLACE TEMP MACRO a_spend(day, channel, region, amount, currency := 'usd') AS TABLE
SELECT CAST(day AS DATE) AS day, channel AS channel, region AS region, amount AS amount, currency AS currency,
       CAST(day AS DATE) AS _snapshot_date, CAST(day AS TIMESTAMP) AS _changed_at,
       'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'example' AS _run_id;
