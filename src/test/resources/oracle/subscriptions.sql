-- From subscription versions to what every counted item was worth at the end of every day.
-- Run after macros.sql and sources.sql.

-- "A version of a subscription holds from its _changed_at (the first, if it was seen at the start, from
-- start_date; a canceled one from ended_at)." It holds until a later version does. The first version also
-- describes the time before it was seen, so it covers everything from start_date.
CREATE OR REPLACE TEMP TABLE subscription_versions AS
WITH numbered AS (
  SELECT *, row_number() OVER (PARTITION BY id ORDER BY _snapshot_date, _changed_at) AS version
  FROM known_subscriptions
),
started AS (
  SELECT *,
         CASE WHEN version = 1 THEN start_date
              WHEN status = 'canceled' THEN coalesce(ended_at, _changed_at)
              ELSE _changed_at
         END AS valid_from
  FROM numbered
),
bounded AS (
  SELECT *,
         min(valid_from) OVER (PARTITION BY id ORDER BY version
                               ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS valid_to
  FROM started
)
-- It is the state at the end of the days from first_day up to, and without, end_day.
SELECT *, day_of(valid_from) AS first_day, least(coalesce(day_of(valid_to), as_of()), as_of()) AS end_day
FROM bounded;

-- Whether the version was seen by the end of the day, or is only rebuilt for it.
CREATE OR REPLACE TEMP MACRO seen_by_end_of(day, v) AS v.version > 1 OR day_of(v._changed_at) <= day;

-- "What lies before the first version that was seen is rebuilt, however many versions came later:
-- trialing in [trial_start, trial_end), then active until ended_at; incomplete, incomplete_expired,
-- paused, unpaid are never counted".
CREATE OR REPLACE TEMP MACRO status_at_end_of(day, v) AS
  CASE WHEN seen_by_end_of(day, v) THEN v.status
       WHEN v.status IN ('incomplete', 'incomplete_expired', 'paused', 'unpaid') THEN v.status
       WHEN v.ended_at IS NOT NULL AND day_of(v.ended_at) <= day THEN 'canceled'
       WHEN v.trial_start IS NOT NULL AND holds_at_end_of(day, v.trial_start, v.trial_end) THEN 'trialing'
       ELSE 'active'
  END;

-- "Counted statuses: active, past_due." "pause_collection with void or mark_uncollectible counts as
-- 0; keep_as_draft keeps its MRR." Options --includePastDue and --churnAt.
CREATE OR REPLACE TEMP MACRO is_counted(day, v) AS
  (status_at_end_of(day, v) = 'active' OR (status_at_end_of(day, v) = 'past_due' AND include_past_due()))
  AND NOT (seen_by_end_of(day, v)
           AND coalesce(v.pause_collection.behavior, '') IN ('void', 'mark_uncollectible'))
  AND NOT (churn_at() = 'canceled_at' AND v.canceled_at IS NOT NULL AND day_of(v.canceled_at) <= day);

-- One row per subscription and day at whose end it is counted.
CREATE OR REPLACE TEMP TABLE subscription_days AS
WITH version_days AS (
  SELECT v AS v,
         unnest(days_between(v.first_day, v.end_day)) AS day
  FROM subscription_versions v
  WHERE v.version = 1 OR v.status IN ('active', 'past_due')
)
SELECT v.id AS subscription, v.customer, v.version, day,
       status_at_end_of(day, v) AS status,
       -- "counted subscriptions with cancel_at_period_end or cancel_at set"
       seen_by_end_of(day, v) AND (v.cancel_at_period_end OR v.cancel_at IS NOT NULL) AS is_ending,
       seen_by_end_of(day, v) AS is_seen
FROM version_days
WHERE is_counted(day, v);

-- Items ------------------------------------------------------------------------------------------

-- The items as each version states them, worth at list price in the subscription's currency; NULL
-- where their price has no amount in it. "computed from its tiers … where they were delivered": with the
-- item or with the price itself.
CREATE OR REPLACE TEMP TABLE version_items AS
WITH items AS (
  SELECT id AS subscription, version, created, currency, unnest(items) AS item FROM subscription_versions
)
SELECT subscription, version, item.id AS item_id, item.price.product AS product, items.currency,
       item.price.recurring AS recurring,
       CASE WHEN p.id IS NOT NULL AND says_nothing_in(item.price, items.currency)
            THEN arr_minor_of(p, items.currency, item.quantity)
            ELSE arr_minor_of(item.price, items.currency, item.quantity) END AS arr_list,
       -- When it was added, if it was not there from the beginning.
       CASE WHEN item.created > items.created + INTERVAL 1 DAY THEN item.created END AS added_at
FROM items LEFT JOIN latest_prices p ON p.id = item.price.id;

CREATE OR REPLACE TEMP TABLE invoice_lines AS
WITH lines AS (
  SELECT i.id AS invoice, i.created, i.parent.subscription AS invoice_subscription, unnest(i.lines) AS line
  FROM latest_invoices i
)
SELECT coalesce(line.parent.subscription_item_details.subscription, invoice_subscription) AS subscription,
       line.parent.subscription_item_details.subscription_item AS item_id,
       invoice, created, line.id AS line_id, line.period.start AS starts_at, line.period."end" AS ends_at,
       line.pricing.price AS price, line.currency AS currency, line.quantity AS quantity, line.amount AS amount
FROM lines
WHERE line.parent.subscription_item_details.subscription_item IS NOT NULL
  AND NOT line.parent.subscription_item_details.proration;

-- "earlier price and quantity come from the non-proration invoice line whose period covers t"
CREATE OR REPLACE TEMP TABLE invoiced_items AS
SELECT l.subscription, l.item_id, l.invoice, l.created, l.line_id, l.starts_at, l.ends_at,
       p.product, l.currency, p.recurring,
       coalesce(arr_minor_of(p, l.currency, l.quantity),
                arr_minor_billed(l.amount, l.starts_at, l.ends_at, p.recurring."interval")) AS arr_list
FROM invoice_lines l JOIN latest_prices p ON p.id = l.price;

-- One row per item and day at whose end its subscription is counted.
CREATE OR REPLACE TEMP TABLE item_days AS
WITH rebuilt AS (
  SELECT s.*, i.item_id, i.product, i.currency, i.recurring, i.arr_list
  FROM subscription_days s JOIN invoiced_items i ON i.subscription = s.subscription
  WHERE NOT s.is_seen AND holds_at_end_of(s.day, i.starts_at, i.ends_at)
    -- An item that the version no longer has ends where one was added in its place.
    AND (EXISTS (FROM version_items v
                 WHERE v.subscription = s.subscription AND v.version = s.version AND v.item_id = i.item_id)
         OR NOT EXISTS (FROM version_items v
                        WHERE v.subscription = s.subscription AND v.version = s.version
                          AND v.added_at > i.starts_at AND day_of(v.added_at) <= s.day))
  QUALIFY row_number() OVER (PARTITION BY s.subscription, s.day, i.item_id
                             ORDER BY i.created DESC, i.invoice DESC, i.line_id DESC) = 1
),
stated AS (
  SELECT s.*, i.item_id, i.product, i.currency, i.recurring, i.arr_list
  FROM subscription_days s JOIN version_items i ON i.subscription = s.subscription AND i.version = s.version
  WHERE (s.is_seen OR i.added_at IS NULL OR day_of(i.added_at) <= s.day)
    AND NOT EXISTS (FROM rebuilt r
                    WHERE r.subscription = s.subscription AND r.day = s.day AND r.item_id = i.item_id)
),
-- "where that was not delivered, the amount of the item's last non-proration line whose period covers t,
-- divided by that period; else 0"
billed AS (
  SELECT s.* EXCLUDE (arr_list),
         arr_minor_billed(l.amount, l.starts_at, l.ends_at, s.recurring."interval") AS arr_list
  FROM stated s
  LEFT JOIN invoice_lines l
    ON l.subscription = s.subscription AND l.item_id = s.item_id
   AND holds_at_end_of(s.day, l.starts_at, l.ends_at)
  WHERE s.arr_list IS NULL
  QUALIFY row_number() OVER (PARTITION BY s.subscription, s.day, s.item_id
                             ORDER BY l.created DESC, l.invoice DESC, l.line_id DESC) = 1
)
SELECT * REPLACE (coalesce(arr_list, 0) AS arr_list)
FROM (FROM stated WHERE arr_list IS NOT NULL
      UNION ALL BY NAME FROM billed
      UNION ALL BY NAME FROM rebuilt);

-- Discounts --------------------------------------------------------------------------------------

-- "Discounts are the objects named by items.discounts and subscription.discounts, else
-- customer.discount": with the order in which they apply.
CREATE OR REPLACE TEMP TABLE version_discounts AS
WITH items AS (
  SELECT id AS subscription, version, unnest(items) AS item FROM subscription_versions
),
of_items AS (
  SELECT subscription, version, item.id AS item_id, unnest(item.discounts) AS discount,
         generate_subscripts(item.discounts, 1) AS position
  FROM items
),
of_subscriptions AS (
  SELECT id AS subscription, version, CAST(NULL AS VARCHAR) AS item_id, unnest(discounts) AS discount,
         1000 + generate_subscripts(discounts, 1) AS position
  FROM subscription_versions
)
FROM of_items UNION ALL FROM of_subscriptions;

-- A version of a customer holds from its _changed_at, the first from the signup.
CREATE OR REPLACE TEMP TABLE customer_discounts AS
WITH versions AS (
  SELECT id AS customer, discount,
         CASE WHEN row_number() OVER by_day = 1 THEN created ELSE _changed_at END AS valid_from,
         lead(_changed_at) OVER by_day AS valid_to
  FROM known_customers
  WINDOW by_day AS (PARTITION BY id ORDER BY _snapshot_date)
)
FROM versions WHERE discount IS NOT NULL;

CREATE OR REPLACE TEMP TABLE named_discounts AS
SELECT i.subscription, i.day, i.item_id, d.discount, d.position, d.item_id IS NOT NULL AS only_this_item
FROM item_days i
JOIN version_discounts d
  ON d.subscription = i.subscription AND d.version = i.version
 AND (d.item_id IS NULL OR d.item_id = i.item_id)
UNION ALL
SELECT i.subscription, i.day, i.item_id, c.discount, 1, false
FROM item_days i
JOIN customer_discounts c
  ON c.customer = i.customer AND holds_at_end_of(i.day, c.valid_from, c.valid_to)
WHERE NOT EXISTS (FROM version_discounts d
                  WHERE d.subscription = i.subscription AND d.version = i.version);

-- "live at t when start ≤ t < end". "percent_off, or amount_off × k … only in the coupon's own
-- currency; applies_to.products limits the items". amount_off is per invoice, so a year of it is
-- amount_off × k / interval_count.
CREATE OR REPLACE TEMP TABLE live_discounts AS
SELECT n.subscription, n.day, n.item_id, n.discount, n.position, n.only_this_item, c.duration, c.percent_off,
       i.arr_list,
       round_div(CAST(c.amount_off AS HUGEINT) * periods_per_year(i.recurring."interval"),
                 i.recurring.interval_count) AS amount_off_per_year
FROM named_discounts n
JOIN item_days i USING (subscription, day, item_id)
JOIN latest_discounts d ON d.id = n.discount AND holds_at_end_of(n.day, d.starts_at, d.ends_at)
JOIN latest_coupons c ON c.id = d.coupon
WHERE i.arr_list > 0
  AND (c.percent_off IS NOT NULL OR c.currency = i.currency)
  AND (coalesce(len(c.products), 0) = 0 OR list_contains(c.products, i.product));

-- "shared over the subscription's eligible items in proportion to arr_minor (remainder to the last
-- id)". A discount of one item is not shared.
CREATE OR REPLACE TEMP TABLE discount_steps AS
WITH shares AS (
  SELECT *,
         CASE WHEN only_this_item THEN amount_off_per_year
              ELSE amount_off_per_year * arr_list // sum(arr_list) OVER items
         END AS share,
         NOT only_this_item AND row_number() OVER (items ORDER BY item_id DESC) = 1 AS is_last
  FROM live_discounts
  WINDOW items AS (PARTITION BY subscription, day, discount, only_this_item)
)
SELECT subscription, day, item_id, position, duration,
       -- keep / whole of the amount stays: 10 % off keeps 900000 / 1000000
       CASE WHEN percent_off IS NULL THEN 1
            ELSE CAST(1000000 - percent_off * 10000 AS HUGEINT) END AS keep,
       CASE WHEN percent_off IS NULL THEN 1 ELSE 1000000 END AS whole,
       CASE WHEN percent_off IS NOT NULL THEN 0
            WHEN is_last THEN amount_off_per_year - (sum(share) OVER items - share)
            ELSE share
       END AS amount_off
FROM shares
WINDOW items AS (PARTITION BY subscription, day, discount, only_this_item);

-- "Per item, in array order … never below zero; rounded once per item, half away from zero." The
-- amount is carried as a fraction n / d from step to step.
CREATE OR REPLACE TEMP MACRO after_discounts(arr_list, steps) AS
  list_reduce(
    steps,
    lambda amount, step: {
      'n': greatest(amount.n * (step.n // gcd(step.n, step.d)) - step.off * amount.d * (step.d // gcd(step.n, step.d)), 0),
      'd': amount.d * (step.d // gcd(step.n, step.d)),
      'off': CAST(0 AS HUGEINT)},
    {'n': CAST(arr_list AS HUGEINT), 'd': CAST(1 AS HUGEINT), 'off': CAST(0 AS HUGEINT)});

CREATE OR REPLACE TEMP TABLE discounted_items AS
WITH in_order AS (
  SELECT subscription, day, item_id,
         list({'n': CAST(keep AS HUGEINT), 'd': CAST(whole AS HUGEINT), 'off': CAST(amount_off AS HUGEINT)}
              ORDER BY position) FILTER (WHERE duration = 'forever') AS forever_steps,
         list({'n': CAST(keep AS HUGEINT), 'd': CAST(whole AS HUGEINT), 'off': CAST(amount_off AS HUGEINT)}
              ORDER BY position) FILTER (WHERE duration IN ('forever', 'repeating')) AS billed_steps
  FROM discount_steps
  GROUP BY subscription, day, item_id
),
reduced AS (
  SELECT i.subscription, i.day, i.item_id,
         CASE WHEN forever_steps IS NOT NULL THEN after_discounts(i.arr_list, forever_steps) END AS forever,
         CASE WHEN billed_steps IS NOT NULL THEN after_discounts(i.arr_list, billed_steps) END AS billed
  FROM in_order JOIN item_days i USING (subscription, day, item_id)
)
-- "forever applies live coupons of duration forever, billed those and repeating, list none; once
-- never moves MRR."
SELECT subscription, day, item_id,
       round_div(forever.n, forever.d) AS arr_forever,
       round_div(billed.n, billed.d) AS arr_billed
FROM reduced;

-- The worth of every counted item at the end of every day -----------------------------------------

-- "converted … per item or charge, then summed". "mrr follows the option; mrr_list_end and
-- mrr_billed_end are always stored." Plan: "the item's product name, lower case".
CREATE OR REPLACE TEMP TABLE mrr_items AS
WITH in_reporting_currency AS (
  SELECT i.subscription, i.customer, i.version, i.day, i.status, i.is_ending, i.item_id,
         coalesce(lower(p.name), 'unknown') AS plan,
         converted(i.arr_list, r.rate, i.currency) AS arr_list,
         converted(coalesce(d.arr_forever, i.arr_list), r.rate, i.currency) AS arr_forever,
         converted(coalesce(d.arr_billed, i.arr_list), r.rate, i.currency) AS arr_billed
  FROM item_days i
  LEFT JOIN discounted_items d USING (subscription, day, item_id)
  LEFT JOIN latest_products p ON p.id = i.product
  LEFT JOIN rates r ON r.currency = i.currency
)
SELECT *,
       CASE mrr_discounts() WHEN 'forever' THEN arr_forever WHEN 'billed' THEN arr_billed
                            WHEN 'list' THEN arr_list
                            ELSE error('mrr_discounts is ' || mrr_discounts()) END AS arr
FROM in_reporting_currency;
