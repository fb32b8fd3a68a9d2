-- What is known of the raw objects of live mode as of as_of. A raw row is the state of an object at the end
-- of its _snapshot_date, so the rows before as_of are known.

CREATE OR REPLACE TEMP VIEW known_customers AS
SELECT * FROM raw.customers WHERE _snapshot_date < as_of() AND livemode;

CREATE OR REPLACE TEMP VIEW known_subscriptions AS
SELECT * FROM raw.subscriptions WHERE _snapshot_date < as_of() AND livemode;

CREATE OR REPLACE TEMP VIEW known_invoices AS
SELECT * FROM raw.invoices WHERE _snapshot_date < as_of() AND livemode;

CREATE OR REPLACE TEMP VIEW latest_products AS
SELECT * FROM raw.products WHERE _snapshot_date < as_of() AND livemode
QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1;

CREATE OR REPLACE TEMP VIEW latest_prices AS
SELECT * FROM raw.prices WHERE _snapshot_date < as_of() AND livemode
QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1;

CREATE OR REPLACE TEMP VIEW latest_invoices AS
SELECT * FROM known_invoices
QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1;

CREATE OR REPLACE TEMP VIEW latest_coupons AS
SELECT id, duration, CAST(percent_off AS DECIMAL(9, 4)) AS percent_off, amount_off, currency,
       applies_to.products AS products
FROM raw.coupons WHERE _snapshot_date < as_of() AND livemode
QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1;

CREATE OR REPLACE TEMP VIEW latest_discounts AS
SELECT id, coupon, start AS starts_at, "end" AS ends_at
FROM raw.discounts WHERE _snapshot_date < as_of()
QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1;

CREATE OR REPLACE TEMP VIEW latest_invoice_payments AS
SELECT id, invoice, status, payment.type AS payment_type, payment.payment_intent AS payment_intent,
       payment.charge AS charge
FROM raw.invoice_payments WHERE _snapshot_date < as_of() AND livemode
QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1;

-- "A charge's amount is what was captured; a hold (captured false) is no charge". A failed charge was
-- never captured either, and is one.
CREATE OR REPLACE TEMP VIEW latest_charges AS
SELECT id, customer, created, amount_captured AS amount, currency, status, payment_intent, failure_code,
       status = 'succeeded' AND NOT captured AS is_hold,
       outcome.reason AS outcome_reason, payment_method_details.card.brand AS card_brand
FROM raw.charges WHERE _snapshot_date < as_of() AND livemode
QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1;

CREATE OR REPLACE TEMP VIEW latest_refunds AS
SELECT id, charge, customer, created, amount, currency, status, reason
FROM raw.refunds WHERE _snapshot_date < as_of() AND livemode IS NOT FALSE
QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1;

CREATE OR REPLACE TEMP VIEW latest_disputes AS
SELECT id, charge, created, amount, currency, status, card.brand AS card_brand
FROM raw.disputes WHERE _snapshot_date < as_of() AND livemode
QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1;

CREATE OR REPLACE TEMP VIEW latest_balance_transactions AS
SELECT id, created, amount, fee, net, currency, reporting_category, source
FROM raw.balance_transactions WHERE _snapshot_date < as_of() AND livemode IS NOT FALSE
QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1;

-- An invoice is paid out of band where it says so itself, or something else than a charge or an intent
-- paid it.
CREATE OR REPLACE TEMP VIEW paid_out_of_band AS
SELECT id AS invoice FROM latest_invoices WHERE paid_out_of_band
UNION
SELECT invoice FROM latest_invoice_payments WHERE status = 'paid' AND payment_type NOT IN ('charge', 'payment_intent');

CREATE OR REPLACE TEMP VIEW first_failures AS
SELECT object_id AS invoice, min(created) AS first_failed_at
FROM raw.events WHERE _snapshot_date < as_of() AND livemode AND type = 'invoice.payment_failed'
GROUP BY object_id;

-- Of ads the amount is what the account's currency has no fractions of; the zones are those that are simulated.
CREATE OR REPLACE TEMP VIEW reported_spend AS
SELECT s.day, 'paid_search' AS channel, s.account_id, s.campaign_id, s.cost AS cost, a.currency_code, a.time_zone
FROM raw.google_ads_campaign_stats s LEFT JOIN raw.google_ads_account_history a ON a.id = s.account_id
WHERE s._snapshot_date < as_of()
UNION ALL
SELECT s.day, 'paid_social', s.account_id, h.campaign_id, s.spend, a.currency_code, a.time_zone
FROM raw.facebook_ads_basic_ad s LEFT JOIN raw.facebook_ads_account_history a ON a.id = s.account_id
LEFT JOIN raw.facebook_ads_ad_history h ON h.id = s.ad_id
WHERE s._snapshot_date < as_of();

CREATE OR REPLACE TEMP VIEW latest_marketing_spend AS
SELECT day, channel, region, amount, currency
FROM raw.marketing_spend WHERE _snapshot_date < as_of()
QUALIFY row_number() OVER (PARTITION BY day, channel, region, currency ORDER BY _snapshot_date DESC) = 1
UNION ALL
SELECT day, channel,
       CASE time_zone WHEN 'America/New_York' THEN 'north_america' WHEN 'Europe/Berlin' THEN 'europe'
         WHEN 'Asia/Singapore' THEN 'asia_pacific' ELSE 'unknown' END,
       CAST(round(sum(cost) * CASE currency_code WHEN 'jpy' THEN 1 ELSE 100 END) AS BIGINT), currency_code
FROM reported_spend GROUP BY day, channel, account_id, campaign_id, currency_code, time_zone;

-- "converted at one constant rate per currency from the seed table fx_rates(currency, rate)"
CREATE OR REPLACE TEMP VIEW rates AS
SELECT currency, rate FROM seeds.fx_rates;
