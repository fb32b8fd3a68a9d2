-- Segments of customers, their MRR at the end of every day, and its movements.
-- Run after subscriptions.sql.

-- Segments ---------------------------------------------------------------------------------------

-- "country = first non-null address.country", fixed for a customer's life; the channel likewise.
CREATE OR REPLACE TEMP VIEW customer_origin AS
SELECT id AS customer,
       arg_min(address.country, _snapshot_date) FILTER (WHERE address.country IS NOT NULL) AS country,
       arg_min(list_filter(metadata, lambda pair: pair.key = 'channel')[1].value, _snapshot_date)
         FILTER (WHERE len(list_filter(metadata, lambda pair: pair.key = 'channel')) > 0) AS channel
FROM known_customers
GROUP BY id;

-- "initial_plan = lower-case product name of the first item of the first version of the earliest
-- subscription (by created, then id), whatever its status, none without one"
CREATE OR REPLACE TEMP VIEW customer_plan AS
SELECT v.customer, coalesce(lower(p.name), 'unknown') AS initial_plan
FROM subscription_versions v LEFT JOIN latest_products p ON p.id = v.items[1].price.product
WHERE v.version = 1
QUALIFY row_number() OVER (PARTITION BY v.customer ORDER BY v.created, v.id) = 1;

-- Everyone whom an object names, also customers missing from raw.customers. The customer '' stands
-- for objects that name none, so that the values of a segment sum to all.
CREATE OR REPLACE TEMP TABLE customer_segments AS
WITH everyone AS (
  SELECT id AS customer FROM known_customers
  UNION SELECT customer FROM known_subscriptions
  UNION SELECT customer FROM latest_invoices WHERE customer IS NOT NULL
  UNION SELECT customer FROM latest_charges WHERE customer IS NOT NULL
  UNION SELECT customer FROM latest_refunds WHERE customer IS NOT NULL
  UNION SELECT ''
),
attributes AS (
  SELECT e.customer,
         coalesce(g.region, 'unknown') AS region,
         coalesce(o.country, 'unknown') AS country,
         coalesce(o.channel, 'unknown') AS channel,
         coalesce(p.initial_plan, 'none') AS initial_plan
  FROM everyone e
  LEFT JOIN customer_origin o USING (customer)
  LEFT JOIN seeds.geography g ON g.country = o.country
  LEFT JOIN customer_plan p USING (customer)
)
SELECT customer, 'all' AS segment, 'all' AS segment_value FROM attributes
UNION ALL SELECT customer, 'region', region FROM attributes
UNION ALL SELECT customer, 'country', country FROM attributes
UNION ALL SELECT customer, 'channel', channel FROM attributes
UNION ALL SELECT customer, 'initial_plan', initial_plan FROM attributes;

-- MRR of customers -------------------------------------------------------------------------------

-- "Grain of revenue state is the customer: all of a customer's subscriptions are summed first."
-- One row per customer and day at whose end a subscription of theirs is counted.
CREATE OR REPLACE TEMP TABLE customer_days AS
SELECT customer, day,
       CAST(sum(arr) AS HUGEINT) AS arr,
       CAST(sum(arr_list) AS HUGEINT) AS arr_list,
       CAST(sum(arr_billed) AS HUGEINT) AS arr_billed,
       CAST(coalesce(sum(arr) FILTER (WHERE status = 'past_due'), 0) AS HUGEINT) AS arr_past_due,
       CAST(coalesce(sum(arr) FILTER (WHERE is_ending), 0) AS HUGEINT) AS arr_ending,
       CAST(coalesce(sum(arr) FILTER (WHERE plan = 'starter'), 0) AS HUGEINT) AS arr_starter,
       CAST(coalesce(sum(arr) FILTER (WHERE plan = 'professional'), 0) AS HUGEINT) AS arr_professional,
       CAST(coalesce(sum(arr) FILTER (WHERE plan NOT IN ('starter', 'professional')), 0) AS HUGEINT) AS arr_other
FROM mrr_items
GROUP BY customer, day;

-- "p = MRR at the end of the previous day, m = MRR at the end of this day"
CREATE OR REPLACE TEMP TABLE daily_movements AS
WITH before AS (
  SELECT customer, day + 1 AS day, arr FROM customer_days WHERE day + 1 < as_of()
),
first_days AS (
  SELECT customer, min(day) AS first_day FROM customer_days WHERE arr > 0 GROUP BY customer
),
changes AS (
  SELECT customer, day, coalesce(b.arr, 0) AS p, coalesce(a.arr, 0) AS m
  FROM customer_days a FULL JOIN before b USING (customer, day)
)
SELECT customer, day, p, m, m - p AS change, movement_type(p, m, first_day < day) AS movement_type
FROM changes JOIN first_days USING (customer)
WHERE movement_type(p, m, first_day < day) IS NOT NULL;

-- Churn ------------------------------------------------------------------------------------------

-- Each subscription that was counted at the end of the day before a churn, with what became of it.
CREATE OR REPLACE TEMP TABLE churned_subscriptions AS
SELECT c.customer, c.day, s.subscription,
       v.cancellation_details.reason AS reason, v.latest_invoice,
       status_at_end_of(c.day, v) AS status,
       status_at_end_of(c.day, v) = 'canceled'
         OR (churn_at() = 'canceled_at' AND v.canceled_at IS NOT NULL AND day_of(v.canceled_at) <= c.day)
         AS has_ended,
       CASE WHEN churn_at() = 'canceled_at' AND v.canceled_at IS NOT NULL THEN v.canceled_at
            WHEN status_at_end_of(c.day, v) = 'canceled' THEN coalesce(v.ended_at, v._changed_at)
            ELSE v.valid_from
       END AS ended_at
FROM daily_movements c
JOIN subscription_days s ON s.customer = c.customer AND s.day = c.day - 1
JOIN subscription_versions v ON v.id = s.subscription AND v.first_day <= c.day AND c.day < v.end_day
WHERE c.movement_type = 'churn';

-- "decided by the counted subscription that ended last (by ended_at, then id) or went unpaid"
CREATE OR REPLACE TEMP TABLE deciding_subscriptions AS
SELECT *, has_ended OR status = 'unpaid' AS decides
FROM churned_subscriptions
QUALIFY row_number() OVER (PARTITION BY customer, day
                           ORDER BY has_ended OR status = 'unpaid' DESC, ended_at DESC, subscription DESC) = 1;

-- An invoice as it stood at the end of the day, or as first seen where it was not yet.
CREATE OR REPLACE TEMP TABLE latest_invoice_at_churn AS
SELECT d.customer, d.day, i.status, i.attempt_count
FROM deciding_subscriptions d JOIN known_invoices i ON i.id = d.latest_invoice
QUALIFY row_number() OVER (PARTITION BY d.customer, d.day
                           ORDER BY i._snapshot_date <= d.day DESC,
                                    CASE WHEN i._snapshot_date <= d.day THEN i._snapshot_date END DESC,
                                    i._snapshot_date) = 1;

CREATE OR REPLACE TEMP TABLE churn_kinds AS
SELECT d.customer, d.day, d.subscription,
       CASE WHEN NOT d.decides THEN 'pause'
            WHEN d.status = 'unpaid' THEN 'involuntary'
            WHEN d.reason = 'cancellation_requested' THEN 'voluntary'
            WHEN d.reason = 'payment_failed' THEN 'involuntary'
            WHEN d.reason = 'payment_disputed' THEN 'dispute'
            -- canceled_by_retention_policy, and whatever reason is none of those known
            WHEN d.reason IS NOT NULL THEN 'unknown'
            WHEN i.status IN ('open', 'uncollectible') AND i.attempt_count > 0 THEN 'involuntary'
            ELSE 'unknown'
       END AS churn_kind
FROM deciding_subscriptions d LEFT JOIN latest_invoice_at_churn i USING (customer, day);

-- "by current plan at the time of the churn": of the largest item of the deciding subscription when
-- it was last counted.
CREATE OR REPLACE TEMP TABLE churn_plans AS
SELECT k.customer, k.day,
       CASE WHEN i.plan IN ('starter', 'professional') THEN i.plan ELSE 'other' END AS churn_plan
FROM churn_kinds k JOIN mrr_items i ON i.subscription = k.subscription AND i.day = k.day - 1
QUALIFY row_number() OVER (PARTITION BY k.customer, k.day ORDER BY i.arr DESC, i.item_id) = 1;

CREATE OR REPLACE TEMP TABLE movements AS
SELECT m.*, k.churn_kind, p.churn_plan
FROM daily_movements m
LEFT JOIN churn_kinds k USING (customer, day)
LEFT JOIN churn_plans p USING (customer, day);

-- Month ends -------------------------------------------------------------------------------------

-- MRR of customers at the end of each month that has ended by as_of.
CREATE OR REPLACE TEMP TABLE customer_months AS
SELECT month_of(day) AS month, *
FROM customer_days
WHERE day = last_day(day);

-- Rows of the MRR marts ----------------------------------------------------------------------------

-- "Each segment value has a row per period from its first event in that mart (mrr, churn: a
-- movement)"
CREATE OR REPLACE TEMP TABLE segment_starts AS
SELECT segment, segment_value, min(day) AS first_day
FROM movements JOIN customer_segments USING (customer)
GROUP BY segment, segment_value;

CREATE OR REPLACE TEMP TABLE segment_days AS
SELECT segment, segment_value, unnest(days_between(first_day, as_of())) AS day FROM segment_starts;

CREATE OR REPLACE TEMP TABLE segment_months AS
SELECT segment, segment_value, unnest(months_between(month_of(first_day), unfinished_month())) AS month
FROM segment_starts;

-- Sums over a segment value, shared by the marts.
CREATE OR REPLACE TEMP TABLE segment_day_levels AS
SELECT s.segment, s.segment_value, c.day,
       sum(c.arr) AS arr, sum(c.arr_list) AS arr_list, sum(c.arr_billed) AS arr_billed,
       sum(c.arr_past_due) AS arr_past_due, sum(c.arr_ending) AS arr_ending,
       sum(c.arr_starter) AS arr_starter, sum(c.arr_professional) AS arr_professional,
       sum(c.arr_other) AS arr_other, count(*) FILTER (WHERE c.arr > 0) AS customers
FROM customer_days c JOIN customer_segments s USING (customer)
GROUP BY s.segment, s.segment_value, c.day;

CREATE OR REPLACE TEMP TABLE segment_day_movements AS
SELECT s.segment, s.segment_value, m.day,
       coalesce(sum(m.change) FILTER (WHERE m.movement_type = 'new'), 0) AS arr_new,
       coalesce(sum(m.change) FILTER (WHERE m.movement_type = 'reactivation'), 0) AS arr_reactivation,
       coalesce(sum(m.change) FILTER (WHERE m.movement_type = 'expansion'), 0) AS arr_expansion,
       coalesce(sum(m.change) FILTER (WHERE m.movement_type = 'contraction'), 0) AS arr_contraction,
       coalesce(sum(m.change) FILTER (WHERE m.movement_type = 'churn'), 0) AS arr_churn,
       count(*) FILTER (WHERE m.movement_type = 'new') AS customers_new,
       count(*) FILTER (WHERE m.movement_type = 'reactivation') AS customers_reactivated,
       count(*) FILTER (WHERE m.movement_type = 'churn') AS customers_churned
FROM movements m JOIN customer_segments s USING (customer)
GROUP BY s.segment, s.segment_value, m.day;
