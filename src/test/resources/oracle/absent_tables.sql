-- Empty raw tables for warehouses that do not have them yet, so that the views over them can be
-- created. Run on a copy of a warehouse or before the examples, never on a warehouse that is kept.
CREATE SCHEMA IF NOT EXISTS raw;

CREATE TABLE IF NOT EXISTS raw.coupons (
  id VARCHAR, created TIMESTAMPTZ, name VARCHAR, duration VARCHAR, duration_in_months BIGINT,
  percent_off DECIMAL(38,9), amount_off BIGINT, currency VARCHAR, max_redemptions BIGINT,
  redeem_by TIMESTAMPTZ, times_redeemed BIGINT, valid BOOLEAN, livemode BOOLEAN, metadata
  STRUCT(key VARCHAR, value VARCHAR)[], _snapshot_date DATE, _changed_at TIMESTAMPTZ, _source
  VARCHAR, _payload VARCHAR, _ingested_at TIMESTAMPTZ, _run_id VARCHAR);

CREATE TABLE IF NOT EXISTS raw.discounts (
  id VARCHAR, coupon VARCHAR, customer VARCHAR, subscription VARCHAR, subscription_item VARCHAR,
  invoice VARCHAR, promotion_code VARCHAR, start TIMESTAMPTZ, "end" TIMESTAMPTZ, deleted BOOLEAN,
  _snapshot_date DATE, _changed_at TIMESTAMPTZ, _source VARCHAR, _payload VARCHAR, _ingested_at
  TIMESTAMPTZ, _run_id VARCHAR);

CREATE TABLE IF NOT EXISTS raw.invoice_payments (
  id VARCHAR, created TIMESTAMPTZ, invoice VARCHAR, amount_requested BIGINT, amount_paid BIGINT,
  currency VARCHAR, is_default BOOLEAN, payment STRUCT("type" VARCHAR, payment_intent VARCHAR,
  charge VARCHAR), status VARCHAR, status_transitions STRUCT(canceled_at TIMESTAMPTZ, paid_at
  TIMESTAMPTZ), livemode BOOLEAN, _snapshot_date DATE, _changed_at TIMESTAMPTZ, _source VARCHAR,
  _payload VARCHAR, _ingested_at TIMESTAMPTZ, _run_id VARCHAR);

CREATE TABLE IF NOT EXISTS raw.charges (
  id VARCHAR, created TIMESTAMPTZ, customer VARCHAR, amount BIGINT, amount_captured BIGINT,
  amount_refunded BIGINT, currency VARCHAR, status VARCHAR, paid BOOLEAN, captured BOOLEAN,
  refunded BOOLEAN, disputed BOOLEAN, balance_transaction VARCHAR, payment_intent VARCHAR,
  payment_method VARCHAR, description VARCHAR, statement_descriptor VARCHAR, receipt_email
  VARCHAR, failure_code VARCHAR, failure_message VARCHAR, outcome STRUCT("type" VARCHAR,
  network_status VARCHAR, reason VARCHAR, advice_code VARCHAR, network_decline_code VARCHAR,
  risk_level VARCHAR, risk_score BIGINT, seller_message VARCHAR), payment_method_details
  STRUCT("type" VARCHAR, card STRUCT(brand VARCHAR, country VARCHAR, exp_month BIGINT, exp_year
  BIGINT, funding VARCHAR, last4 VARCHAR, fingerprint VARCHAR)), billing_details STRUCT(address
  STRUCT(city VARCHAR, country VARCHAR, line1 VARCHAR, line2 VARCHAR, postal_code VARCHAR, state
  VARCHAR), email VARCHAR, name VARCHAR, phone VARCHAR), livemode BOOLEAN, metadata STRUCT(key
  VARCHAR, value VARCHAR)[], _snapshot_date DATE, _changed_at TIMESTAMPTZ, _source VARCHAR,
  _payload VARCHAR, _ingested_at TIMESTAMPTZ, _run_id VARCHAR);

CREATE TABLE IF NOT EXISTS raw.refunds (
  id VARCHAR, created TIMESTAMPTZ, charge VARCHAR, customer VARCHAR, payment_intent VARCHAR,
  payment_method VARCHAR, amount BIGINT, currency VARCHAR, status VARCHAR, reason VARCHAR,
  balance_transaction VARCHAR, failure_balance_transaction VARCHAR, failure_reason VARCHAR,
  metadata STRUCT(key VARCHAR, value VARCHAR)[], _snapshot_date DATE, _changed_at TIMESTAMPTZ,
  _source VARCHAR, _payload VARCHAR, _ingested_at TIMESTAMPTZ, _run_id VARCHAR);

CREATE TABLE IF NOT EXISTS raw.disputes (
  id VARCHAR, created TIMESTAMPTZ, charge VARCHAR, payment_intent VARCHAR, amount BIGINT, currency
  VARCHAR, status VARCHAR, reason VARCHAR, network_reason_code VARCHAR, is_charge_refundable
  BOOLEAN, balance_transactions STRUCT(id VARCHAR, created TIMESTAMPTZ, amount BIGINT,
  available_on TIMESTAMPTZ, balance_type VARCHAR, currency VARCHAR, description VARCHAR,
  exchange_rate DECIMAL(38,9), fee BIGINT, fee_details STRUCT(amount BIGINT, application VARCHAR,
  currency VARCHAR, description VARCHAR, "type" VARCHAR)[], net BIGINT, reporting_category
  VARCHAR, source VARCHAR, status VARCHAR, "type" VARCHAR)[], card STRUCT(brand VARCHAR, case_type
  VARCHAR, network_reason_code VARCHAR), evidence_details STRUCT(due_by TIMESTAMPTZ, has_evidence
  BOOLEAN, past_due BOOLEAN, submission_count BIGINT), livemode BOOLEAN, metadata STRUCT(key
  VARCHAR, value VARCHAR)[], _snapshot_date DATE, _changed_at TIMESTAMPTZ, _source VARCHAR,
  _payload VARCHAR, _ingested_at TIMESTAMPTZ, _run_id VARCHAR);

CREATE TABLE IF NOT EXISTS raw.balance_transactions (
  id VARCHAR, created TIMESTAMPTZ, amount BIGINT, available_on TIMESTAMPTZ, balance_type VARCHAR,
  currency VARCHAR, description VARCHAR, exchange_rate DECIMAL(38,9), fee BIGINT, fee_details
  STRUCT(amount BIGINT, application VARCHAR, currency VARCHAR, description VARCHAR, "type"
  VARCHAR)[], net BIGINT, reporting_category VARCHAR, source VARCHAR, status VARCHAR, "type"
  VARCHAR, _snapshot_date DATE, _changed_at TIMESTAMPTZ, _source VARCHAR, _payload VARCHAR,
  _ingested_at TIMESTAMPTZ, _run_id VARCHAR);

CREATE TABLE IF NOT EXISTS raw.marketing_spend (
  day DATE, channel VARCHAR, region VARCHAR, amount BIGINT, currency VARCHAR, _snapshot_date DATE,
  _changed_at TIMESTAMPTZ, _source VARCHAR, _payload VARCHAR, _ingested_at TIMESTAMPTZ, _run_id
  VARCHAR);

-- Which products a coupon is limited to, where the contract leaves it out.
ALTER TABLE raw.coupons ADD COLUMN IF NOT EXISTS applies_to STRUCT(products VARCHAR[]);
