-- Empty raw tables for warehouses that do not have them yet, with Stripe's field names, so that the
-- views over them can be created. Run on a copy of a warehouse, never on one that a user keeps.
-- Only columns that sources.sql reads, and the keys of all.
CREATE SCHEMA IF NOT EXISTS raw;

CREATE TABLE IF NOT EXISTS raw.coupons (
  id VARCHAR, created TIMESTAMPTZ, duration VARCHAR, duration_in_months BIGINT,
  percent_off DECIMAL(38, 9), amount_off BIGINT, currency VARCHAR,
  applies_to STRUCT(products VARCHAR[]), _snapshot_date DATE, _changed_at TIMESTAMPTZ);

CREATE TABLE IF NOT EXISTS raw.discounts (
  id VARCHAR, customer VARCHAR, subscription VARCHAR, subscription_item VARCHAR,
  source STRUCT("type" VARCHAR, coupon VARCHAR), start TIMESTAMPTZ, "end" TIMESTAMPTZ,
  _snapshot_date DATE, _changed_at TIMESTAMPTZ);

CREATE TABLE IF NOT EXISTS raw.invoice_payments (
  id VARCHAR, created TIMESTAMPTZ, invoice VARCHAR, is_default BOOLEAN, status VARCHAR,
  amount_requested BIGINT, amount_paid BIGINT, currency VARCHAR,
  payment STRUCT("type" VARCHAR, payment_intent VARCHAR, charge VARCHAR),
  _snapshot_date DATE, _changed_at TIMESTAMPTZ);

CREATE TABLE IF NOT EXISTS raw.payment_intents (
  id VARCHAR, created TIMESTAMPTZ, customer VARCHAR, amount BIGINT, currency VARCHAR, status VARCHAR,
  latest_charge VARCHAR, _snapshot_date DATE, _changed_at TIMESTAMPTZ);

CREATE TABLE IF NOT EXISTS raw.charges (
  id VARCHAR, created TIMESTAMPTZ, customer VARCHAR, amount BIGINT, currency VARCHAR, status VARCHAR,
  payment_intent VARCHAR, balance_transaction VARCHAR, failure_code VARCHAR,
  outcome STRUCT("type" VARCHAR, reason VARCHAR),
  payment_method_details STRUCT("type" VARCHAR, card STRUCT(brand VARCHAR, network VARCHAR)),
  _snapshot_date DATE, _changed_at TIMESTAMPTZ);

CREATE TABLE IF NOT EXISTS raw.refunds (
  id VARCHAR, created TIMESTAMPTZ, charge VARCHAR, amount BIGINT, currency VARCHAR, status VARCHAR,
  balance_transaction VARCHAR, _snapshot_date DATE, _changed_at TIMESTAMPTZ);

CREATE TABLE IF NOT EXISTS raw.disputes (
  id VARCHAR, created TIMESTAMPTZ, charge VARCHAR, amount BIGINT, currency VARCHAR, status VARCHAR,
  reason VARCHAR, _snapshot_date DATE, _changed_at TIMESTAMPTZ);

CREATE TABLE IF NOT EXISTS raw.balance_transactions (
  id VARCHAR, created TIMESTAMPTZ, "type" VARCHAR, reporting_category VARCHAR, amount BIGINT,
  fee BIGINT, net BIGINT, currency VARCHAR, exchange_rate DECIMAL(38, 9), source VARCHAR,
  _snapshot_date DATE, _changed_at TIMESTAMPTZ);

CREATE TABLE IF NOT EXISTS raw.payouts (
  id VARCHAR, created TIMESTAMPTZ, amount BIGINT, currency VARCHAR, status VARCHAR,
  balance_transaction VARCHAR, _snapshot_date DATE, _changed_at TIMESTAMPTZ);

CREATE TABLE IF NOT EXISTS raw.marketing_spend (
  day DATE, channel VARCHAR, region VARCHAR, amount BIGINT, currency VARCHAR,
  _snapshot_date DATE, _changed_at TIMESTAMPTZ);
