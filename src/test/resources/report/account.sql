-- Fifteen months of an account, mart by mart, with figures that are easy to work out: in month n
-- (0 is January 2024) a segment value with share s has MRR 1000 s (n + 1) at its end. One channel
-- is called what an attacker would like to be called. Run on a warehouse with all tables empty.
CREATE TEMP MACRO stamp() AS TIMESTAMP '2025-04-01 02:00:00';

CREATE TEMP TABLE grains AS
SELECT n, CAST(DATE '2024-01-01' + to_months(n) AS DATE) AS month, segment, segment_value, CAST(s AS DECIMAL(38, 9)) AS s
FROM (SELECT CAST(unnest(range(15)) AS INTEGER) AS n)
CROSS JOIN (VALUES
  ('all', 'all', 1.0),
  ('region', 'europe', 0.4), ('region', 'north_america', 0.6),
  ('channel', '</script><img src=x onerror="document.title=1">', 0.3), ('channel', 'organic', 0.7),
  ('initial_plan', 'starter', 0.5), ('initial_plan', 'professional', 0.5),
  ('country', 'DE', 0.4), ('country', 'US', 0.6)) AS segments(segment, segment_value, s);

CREATE TEMP VIEW monthly AS
SELECT month, segment, segment_value,
  1000 * s * n AS mrr_start, 1000 * s AS mrr_new, 50 * s AS mrr_reactivation, 150 * s AS mrr_expansion,
  -80 * s AS mrr_contraction, -120 * s AS mrr_churn, 1000 * s * (n + 1) AS mrr_end,
  1000 * s AS net_new, 50 * s AS net_reactivation, 150 * s AS net_expansion, -80 * s AS net_contraction, -120 * s AS net_churn,
  1100 * s * (n + 1) AS mrr_list_end, 990 * s * (n + 1) AS mrr_billed_end,
  25 * s AS mrr_past_due, 40 * s AS scheduled_churn_mrr,
  CAST(30 * s * n AS BIGINT) AS customers_start, CAST(40 * s AS BIGINT) AS customers_new, CAST(0 AS BIGINT) AS customers_reactivated,
  CAST(10 * s AS BIGINT) AS customers_churned, CAST(30 * s * (n + 1) AS BIGINT) AS customers_end,
  12000 * s * (n + 1) AS arr_end, CAST(33.333333333 AS DECIMAL(38, 9)) AS arpa,
  600 * s * (n + 1) AS mrr_end_starter, 400 * s * (n + 1) AS mrr_end_professional, 0 * s AS mrr_end_other,
  stamp() AS _ingested_at, 'run-1' AS _run_id
FROM grains;

CREATE TEMP VIEW daily AS
SELECT CAST(month + to_months(1) - INTERVAL 1 DAY AS DATE) AS day, * EXCLUDE (month, net_new, net_reactivation, net_expansion, net_contraction, net_churn)
FROM monthly;

CREATE TEMP VIEW churn AS
SELECT month, segment, segment_value, CAST(30 * s * n AS BIGINT) AS customers_start, CAST(3 * s AS BIGINT) AS customers_lost,
  CASE WHEN n > 0 THEN CAST(0.1 / n AS DECIMAL(38, 9)) END AS customer_churn_rate,
  CASE WHEN n > 0 THEN CAST(0.2 / n AS DECIMAL(38, 9)) END AS gross_mrr_churn_rate,
  CASE WHEN n > 0 THEN CAST(0.0 AS DECIMAL(38, 9)) END AS net_mrr_churn_rate,
  CAST(0.98 AS DECIMAL(38, 9)) AS nrr_1m, CASE WHEN n >= 12 THEN CAST(0.91 + n * 0.01 AS DECIMAL(38, 9)) END AS nrr_12m,
  CAST(0.95 AS DECIMAL(38, 9)) AS grr_1m, CASE WHEN n >= 12 THEN CAST(0.85 AS DECIMAL(38, 9)) END AS grr_12m, CAST(4.5 AS DECIMAL(38, 9)) AS quick_ratio,
  CAST(4 AS BIGINT) AS voluntary_churned, CAST(3 AS BIGINT) AS involuntary_churned, CAST(1 AS BIGINT) AS dispute_churned,
  CAST(1 AS BIGINT) AS paused_churned, CAST(1 AS BIGINT) AS unknown_churned, CAST(5 AS BIGINT) AS starter_churned,
  CAST(5 AS BIGINT) AS professional_churned, CAST(0 AS BIGINT) AS other_churned, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM grains;

CREATE TEMP VIEW cohorts AS
SELECT month AS cohort_month, CAST(k AS BIGINT) AS months_since, CAST(month + to_months(k) AS DATE) AS observed_month, segment, segment_value,
  CAST(40 * s AS BIGINT) AS cohort_size, 1000 * s AS cohort_new_mrr, CAST(40 * s * (20 - k) / 20 AS BIGINT) AS customers_active, 1000 * s * (20 - k) / 20 AS mrr,
  CAST((20 - k) / 20 AS DECIMAL(38, 9)) AS logo_retention, CAST((20 - k) / 20 AS DECIMAL(38, 9)) AS revenue_retention, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM grains JOIN (SELECT CAST(unnest(range(15)) AS INTEGER) AS k) ON n + k < 15;

CREATE TEMP VIEW funnel AS
SELECT month AS signup_month, segment, segment_value, CAST(100 AS BIGINT) AS signups, CAST(80 AS BIGINT) AS trials_started, CAST(36 AS BIGINT) AS trials_converted,
  CAST(4 AS BIGINT) AS paid_without_trial, CAST(40 AS BIGINT) AS paid, CASE WHEN n < 13 THEN CAST(38 AS BIGINT) END AS retained_30d,
  CASE WHEN n < 11 THEN CAST(30 AS BIGINT) END AS retained_90d, CASE WHEN n < 3 THEN CAST(20 AS BIGINT) END AS retained_365d,
  CASE WHEN n < 13 THEN CAST(0.95 AS DECIMAL(38, 9)) END AS retained_30d_rate, CASE WHEN n < 11 THEN CAST(0.75 AS DECIMAL(38, 9)) END AS retained_90d_rate,
  CASE WHEN n < 3 THEN CAST(0.5 AS DECIMAL(38, 9)) END AS retained_365d_rate,
  CAST(0.45 AS DECIMAL(38, 9)) AS trial_conversion_rate, CAST(0.4 AS DECIMAL(38, 9)) AS signup_to_paid_rate, n < 13 AS is_mature, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM grains;

CREATE TEMP VIEW stages AS
SELECT month, segment, segment_value, CAST(60 AS BIGINT) AS customers, CAST(3 AS BIGINT) AS customers_lost, CAST(3000 AS DECIMAL(38, 9)) AS mrr,
  [{'stage': 'lost', 'customers': CAST(3 AS BIGINT), 'mrr': CAST(0 AS DECIMAL(38, 9))}, {'stage': 'new', 'customers': 12, 'mrr': 600}, {'stage': 'healthy', 'customers': 48, 'mrr': 2400}] AS stages,
  [{'from_stage': 'healthy', 'to_stage': 'healthy', 'customers': CAST(48 AS BIGINT)}, {'from_stage': 'none', 'to_stage': 'new', 'customers': 12}, {'from_stage': 'healthy', 'to_stage': 'lost', 'customers': 3}] AS flows,
  stamp() AS _ingested_at, 'run-1' AS _run_id
FROM grains;

CREATE TEMP VIEW economics AS
SELECT month, segment, segment_value, 4000 * s AS sales_marketing_spend, CAST(40 * s AS BIGINT) AS customers_new, CAST(100 AS DECIMAL(38, 9)) AS cac,
  CAST(33.333333333 AS DECIMAL(38, 9)) AS arpa, CAST(0.08 AS DECIMAL(38, 9)) AS customer_churn_6m, CAST(416.666666667 AS DECIMAL(38, 9)) AS ltv_revenue,
  CAST(333.333333333 AS DECIMAL(38, 9)) AS ltv, CAST(3.333333333 AS DECIMAL(38, 9)) AS ltv_cac, CAST(5 AS DECIMAL(38, 9)) AS cac_payback_months, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM grains WHERE segment IN ('all', 'region', 'channel');

CREATE TEMP VIEW payment_health AS
SELECT month, segment, segment_value, CAST(200 AS BIGINT) AS invoices_attempted, CAST(10000 AS DECIMAL(38, 9)) AS invoice_volume, CAST(20 AS BIGINT) AS first_attempt_failed,
  CAST(1000 AS DECIMAL(38, 9)) AS first_attempt_failed_volume, CAST(0.1 AS DECIMAL(38, 9)) AS first_attempt_failure_rate, CAST(0.1 AS DECIMAL(38, 9)) AS first_attempt_failure_rate_volume,
  CAST(11 AS BIGINT) AS recovered, CAST(550 AS DECIMAL(38, 9)) AS recovered_volume, CAST(CASE WHEN n = 14 THEN 4 ELSE 0 END AS BIGINT) AS in_recovery,
  CASE WHEN n < 14 THEN CAST(0.55 AS DECIMAL(38, 9)) END AS recovery_rate, CASE WHEN n < 14 THEN CAST(0.55 AS DECIMAL(38, 9)) END AS recovery_rate_volume,
  CAST(240 AS BIGINT) AS attempts, CAST(191 AS BIGINT) AS attempts_succeeded, CAST(0.795833333 AS DECIMAL(38, 9)) AS charge_success_rate,
  [{'code': 'insufficient_funds', 'count': CAST(30 AS BIGINT)}, {'code': 'expired_card', 'count': CAST(19 AS BIGINT)}] AS payment_failures_by_code,
  CAST(60 AS DECIMAL(38, 9)) AS involuntary_churn_mrr, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM grains;

CREATE TEMP VIEW refunds_disputes AS
SELECT month, segment, segment_value, CAST(190 AS BIGINT) AS charges_succeeded, CAST(9500 AS DECIMAL(38, 9)) AS charge_volume,
  CAST(5 AS BIGINT) AS refunded_charges, CAST(250 AS DECIMAL(38, 9)) AS refunded_volume, CAST(6 AS BIGINT) AS cohort_refunded_charges, CAST(300 AS DECIMAL(38, 9)) AS cohort_refunded_volume,
  CAST(2 AS BIGINT) AS disputed_charges, CAST(100 AS DECIMAL(38, 9)) AS disputed_volume, CAST(1 AS BIGINT) AS cohort_disputed_charges, CAST(50 AS DECIMAL(38, 9)) AS cohort_disputed_volume,
  CAST(0.026315789 AS DECIMAL(38, 9)) AS refund_rate, CAST(0.026315789 AS DECIMAL(38, 9)) AS refund_rate_volume, CAST(0.031578947 AS DECIMAL(38, 9)) AS cohort_refund_rate,
  CAST(0.031578947 AS DECIMAL(38, 9)) AS cohort_refund_rate_volume, CAST(0.010526316 AS DECIMAL(38, 9)) AS dispute_rate, CAST(0.010526316 AS DECIMAL(38, 9)) AS dispute_rate_volume,
  CAST(0.005263158 AS DECIMAL(38, 9)) AS cohort_dispute_rate, CAST(0.005263158 AS DECIMAL(38, 9)) AS cohort_dispute_rate_volume, CAST(1 AS BIGINT) AS disputes_won, CAST(1 AS BIGINT) AS disputes_lost,
  CAST(0.5 AS DECIMAL(38, 9)) AS win_rate, n > 10 AS is_provisional, CASE WHEN segment = 'all' THEN CAST(1 AS BIGINT) END AS visa_disputes,
  CASE WHEN segment = 'all' THEN CAST(120 AS BIGINT) END AS visa_charges, CASE WHEN segment = 'all' THEN CAST(0.008333333 AS DECIMAL(38, 9)) END AS vamp_ratio, CASE WHEN segment = 'all' THEN 'ok' END AS vamp_status,
  CASE WHEN segment = 'all' THEN CAST(1 AS BIGINT) END AS mastercard_disputes, CASE WHEN segment = 'all' THEN CAST(60 AS BIGINT) END AS mastercard_charges_previous_month,
  CASE WHEN segment = 'all' THEN CAST(0.016666667 AS DECIMAL(38, 9)) END AS ecm_ratio, CASE WHEN segment = 'all' THEN 'ok' END AS ecm_status, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM grains;

CREATE TEMP VIEW revenue AS
SELECT CAST(month + to_days(d) AS DATE) AS day, segment, segment_value, 500 * s AS gross_volume, -12.5 * s AS refunds, -5 * s AS disputes, -15 * s AS fees, 0 * s AS other, 467.5 * s AS net, 400 * s AS payouts,
  CAST(10 AS BIGINT) AS successful_charges, CAST(2 AS BIGINT) AS failed_charges, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM grains CROSS JOIN (VALUES (0), (14)) AS days(d);

INSERT INTO marts.mrr_monthly BY NAME SELECT * FROM monthly;
INSERT INTO marts.mrr_daily BY NAME SELECT * FROM daily;
INSERT INTO marts.churn_monthly BY NAME SELECT * FROM churn;
INSERT INTO marts.retention_cohorts BY NAME SELECT * FROM cohorts;
INSERT INTO marts.segment_monthly BY NAME SELECT * FROM stages;
INSERT INTO marts.trial_funnel BY NAME SELECT * FROM funnel;
INSERT INTO marts.unit_economics_monthly BY NAME SELECT * FROM economics;
INSERT INTO marts.payment_health_monthly BY NAME SELECT * FROM payment_health;
INSERT INTO marts.refunds_disputes_monthly BY NAME SELECT * FROM refunds_disputes;
INSERT INTO marts.revenue_daily BY NAME SELECT * FROM revenue;

-- Ten tickets a month of which two are bad, and four won deals.
INSERT INTO marts.support_load_monthly BY NAME
SELECT month, segment, segment_value, CAST(10 AS BIGINT) AS tickets, CAST(1 AS BIGINT) AS tickets_unresolved, CAST(9 AS BIGINT) AS tickets_answered, CAST(2 AS BIGINT) AS tickets_bad,
  CAST(90 AS BIGINT) AS first_response_minutes_median, CAST(1500 AS BIGINT) AS first_response_minutes_p90, CAST(30 * s * (n + 1) AS BIGINT) AS customers_end,
  CAST(0.5 AS DECIMAL(38, 9)) AS tickets_per_customer, CAST(2 AS BIGINT) AS customers_with_bad_ticket, CASE WHEN n < 12 THEN CAST(1 AS BIGINT) END AS churned_with_bad_ticket,
  CAST(20 AS BIGINT) AS customers_without_bad_ticket, CASE WHEN n < 12 THEN CAST(2 AS BIGINT) END AS churned_without_bad_ticket, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM grains;

INSERT INTO marts.pipeline_to_revenue_monthly BY NAME
SELECT month, source, CAST(4 AS BIGINT) AS deals_won, CAST(1 AS BIGINT) AS deals_unresolved, CAST(400 AS DECIMAL(38, 9)) AS amount_won, CAST(3 AS BIGINT) AS customers,
  CAST(1 AS BIGINT) AS deals_paid_before, CAST(1 AS BIGINT) AS deals_paid_within, CAST(0 AS BIGINT) AS deals_paid_later, CAST(1 AS BIGINT) AS deals_unpaid, CAST(30 AS BIGINT) AS paid_within_days,
  CAST(5 AS BIGINT) AS days_to_payment_median, CAST(100 AS DECIMAL(38, 9)) AS mrr_end, n < 14 AS is_mature, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM grains CROSS JOIN (VALUES ('hubspot'), ('salesforce')) AS sources(source) WHERE segment = 'all';

INSERT INTO intermediate.identities BY NAME
SELECT 'hubspot' AS source, 'hubspot_contact' AS object, id AS source_id, CASE WHEN id = '1' THEN 'cus_1' END AS customer_id, CASE WHEN id = '1' THEN 'email' ELSE 'unresolved' END AS rule,
  CASE WHEN id <> '1' THEN 'nothing names a customer' END AS reason, CAST(0.97 AS DECIMAL(38, 9)) AS confidence, id AS component, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM (VALUES ('1'), ('2'), ('3'), ('4')) AS contacts(id);

-- One customer a month who came by an ad and then by himself, divided by two models.
INSERT INTO marts.attribution_monthly BY NAME
SELECT month, model, channel, 'none' AS campaign, CAST(share AS DECIMAL(38, 9)) AS customers, CAST(5000 * share AS BIGINT) AS first_payment_minor, CAST(2000 * share AS BIGINT) AS new_mrr_minor, CAST(0 AS BIGINT) AS expansion_mrr_minor,
  CASE WHEN n < 6 THEN CAST(60000 * share AS BIGINT) END AS revenue_12m_minor, CASE WHEN channel = 'paid_search' THEN CAST(10000 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS spend_minor,
  'usd' AS currency, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM grains CROSS JOIN (VALUES ('last', 'direct', 1.0), ('last', 'paid_search', 0.0), ('markov', 'direct', 0.4), ('markov', 'paid_search', 0.6)) AS parts(model, channel, share)
WHERE segment = 'all';

INSERT INTO facts.fct_touchpoints BY NAME
SELECT 'cus_1/first_payment/2025-03-01' AS conversion_id, 'cus_1' AS customer_id, 'first_payment' AS conversion, DATE '2025-03-01' AS converted_on, position, stamp() AS touched_at,
  CAST(position AS VARCHAR) AS session_id, channel, 'none' AS campaign, true AS takes_credit, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM (VALUES (CAST(1 AS BIGINT), 'paid_search'), (CAST(2 AS BIGINT), 'direct')) AS visits(position, channel);

INSERT INTO marts.benchmark_position BY NAME
SELECT 'nrr_12m' AS metric, 'Somebody, 2024' AS source, 2023 AS year, 2100 AS companies, 'Companies like this' AS population, 'Revenue of last year''s customers' AS definition,
  DATE '2025-03-01' AS month, 1.05 AS value, 'median 100 %' AS published, 0.9 AS p25, 1.0 AS p50, 1.1 AS p75, 'above_median' AS position, stamp() AS _ingested_at, 'run-1' AS _run_id;

INSERT INTO raw.customers BY NAME
SELECT 'cus_1' AS id, TIMESTAMP '2024-01-05 10:00:00' AS created, 'Ada Example' AS name, 'ada@example.com' AS email, 'mail ada@example.com first' AS description,
  0 AS balance, false AS livemode, [] AS preferred_locales, [{'key': 'channel', 'value': 'organic'}] AS metadata, DATE '2025-03-30' AS _snapshot_date,
  TIMESTAMP '2025-03-30 12:00:00' AS _changed_at, 'synthetic' AS _source, stamp() AS _ingested_at, 'run-1' AS _run_id;

INSERT INTO ops.quality_results BY NAME
SELECT table_name, rule, target, severity, description, passed, failing_count, 15 AS row_count, sample_keys, 'SELECT 1' AS failing_sql, as_of, written_at AS _ingested_at, run_id AS _run_id
FROM (VALUES
  ('marts.mrr_monthly', 'unique_key', 'month', 'error', 'no two rows have the same key', false, 3, ['2024-01-01'], DATE '2025-03-01', TIMESTAMP '2025-03-01 02:00:00', 'run-0'),
  ('marts.mrr_monthly', 'unique_key', 'month', 'error', 'no two rows have the same key', true, 0, [], DATE '2025-04-01', stamp(), 'run-1'),
  ('marts.mrr_monthly', 'freshness', 'month', 'warn', 'the newest month is 2025-03-01 or later', true, 0, [], DATE '2025-04-01', stamp(), 'run-1'),
  ('raw.customers', 'volume', 'rows', 'warn', 'at least 5 rows', false, 1, ['row_count: 1'], DATE '2025-04-01', stamp(), 'run-1')
) AS results(table_name, rule, target, severity, description, passed, failing_count, sample_keys, as_of, written_at, run_id);

INSERT INTO ops.run_log BY NAME
SELECT 'transform' AS pipeline, 'marts.mrr_monthly' AS table_name, 'succeeded' AS outcome, DATE '2024-01-01' AS interval_from, DATE '2025-04-01' AS interval_to,
  DATE '2025-04-01' AS as_of, 135 AS rows_in, 135 AS rows_loaded, 0 AS rows_superseded, 0 AS rows_rejected, 4096 AS bytes_loaded, '1' AS checksum, 60 AS seconds, '{"mrrDiscounts":"forever","includePastDue":"true","reportingCurrency":"eur","warehouse":"x"}' AS options,
  '1.2.3' AS code_version, 'FlinkRunner' AS runner, stamp() AS started_at, stamp() AS finished_at, stamp() AS _ingested_at, 'run-1' AS _run_id;

INSERT INTO marts.metric_anomalies BY NAME
SELECT DATE '2025-03-12' AS day, 'payment_failures' AS metric, 'all' AS subject, 41 AS value,
  6 AS expected, 1.5 AS expected_low, 14 AS expected_high, 7.2 AS score, 'critical' AS severity,
  TIMESTAMP '2025-04-01 02:00:00' AS _ingested_at, 'run-april' AS _run_id
UNION ALL
SELECT DATE '2025-03-13', 'signups', 'all', 12, 11, 4, 21, 0.3, 'none',
  TIMESTAMP '2025-04-01 02:00:00', 'run-april';

INSERT INTO marts.churn_risk BY NAME
SELECT 'cus_late' AS customer_id, DATE '2025-03-01' AS month, 'europe' AS region,
  'organic' AS channel, 'professional' AS plan, 50 AS mrr, 'high' AS band,
  'model' AS method_1m, 'baseline' AS method_3m, 0.4 AS p_1m, 20 AS mrr_at_risk,
  0.1 AS p_1m_voluntary, 0.3 AS p_1m_involuntary, 0.2 AS p_3m, 0.1 AS p_3m_voluntary,
  0.1 AS p_3m_involuntary,
  [{'feature': 'collection', 'words': 'failed attempts at an open bill: 2', 'odds_factor': 9.5}]
    AS contributions,
  DATE '2025-01-01' AS trained_before, CAST(NULL AS VARCHAR) AS outcome_1m,
  CAST(NULL AS VARCHAR) AS outcome_3m,
  TIMESTAMP '2025-04-01 02:00:00' AS _ingested_at, 'run-april' AS _run_id
UNION ALL
SELECT 'cus_gone', DATE '2025-03-01', 'europe', 'organic', 'starter', 20, 'announced',
  'announced', 'announced', NULL, NULL, NULL, NULL, NULL, NULL, NULL, [], NULL, NULL, NULL,
  TIMESTAMP '2025-04-01 02:00:00', 'run-april';

INSERT INTO marts.model_evaluation BY NAME
SELECT 1 AS horizon_months, 'any' AS risk, 'all' AS segment, 'all' AS segment_value,
  DATE '2024-03-01' AS tested_from, DATE '2025-02-01' AS tested_to,
  DATE '2024-04-01' AS first_trained_before, DATE '2025-01-01' AS last_trained_before,
  1000 AS customer_months, 50 AS events, 0.05 AS prevalence, 0.7 AS auc, 0.04 AS brier,
  0.18 AS log_loss, 0.95 AS calibration_slope, 0.01 AS calibration_intercept, 0.004 AS ece,
  3.2 AS lift_10, 0.55 AS baseline_auc, 0.045 AS baseline_brier, 0.19 AS baseline_log_loss,
  'model' AS published, 'passed: AUC 0.7000 against 0.5500' AS reason,
  list_transform(range(1, 11), lambda n: {'tenth': n, 'predicted': n / 100, 'observed': n / 90})
    AS tenths,
  [{'month': DATE '2025-03-01', 'published': 'model', 'reason': 'passed'}] AS gates,
  TIMESTAMP '2025-04-01 02:00:00' AS _ingested_at, 'run-april' AS _run_id;

INSERT INTO marts.mrr_forecast BY NAME
SELECT DATE '2025-03-01' AS made_month, DATE '2025-04-01' AS month, 1 AS months_ahead,
  1300 AS mrr, 1200 AS mrr_low, 1400 AS mrr_high, CAST(NULL AS DECIMAL) AS mrr_actual,
  TIMESTAMP '2025-04-01 02:00:00' AS _ingested_at, 'run-april' AS _run_id;

INSERT INTO marts.ltv_forecast BY NAME
SELECT DATE '2024-03-01' AS made_month, 'all' AS segment, 'all' AS segment_value,
  DATE '2024-02-01' AS cohort_month, 12 AS horizon_months, 10 AS customers, 90 AS revenue_seen,
  990 AS revenue, 900 AS revenue_low, 1100 AS revenue_high, 99 AS revenue_per_customer,
  95 AS discounted_per_customer, 90 AS remaining_per_active_customer,
  1100 AS curve_revenue, 1250 AS arpa_over_churn_revenue, 1000 AS revenue_actual,
  TIMESTAMP '2025-04-01 02:00:00' AS _ingested_at, 'run-april' AS _run_id;

INSERT INTO ops.restatements BY NAME
SELECT 'marts.mrr_monthly' AS mart, DATE '2025-02-01' AS period, row_key, 'mrr_end' AS column_name,
  1200 AS old_value, 1260 AS new_value, 'late_data' AS caused_by,
  '3 raw rows were ingested since, of 2025-02-27 to 2025-02-28' AS explanation,
  'run-0' AS previous_run_id, stamp() AS _ingested_at, 'run-1' AS _run_id
FROM (VALUES ('segment=all, segment_value=all'), ('segment=region, segment_value=europe')) AS keys(row_key);

INSERT INTO marts.live_mrr BY NAME
SELECT DATE '2025-04-01' AS month, 'all' AS segment, 'all' AS segment_value,
  10 AS mrr_start, 0 AS mrr_new, 0 AS mrr_reactivation, 0 AS mrr_expansion, 0 AS mrr_contraction, 0 AS mrr_churn, 10 AS mrr_end,
  0 AS mrr_past_due, 0 AS scheduled_churn_mrr, 1 AS customers_start, 0 AS customers_new, 0 AS customers_reactivated,
  0 AS customers_churned, 1 AS customers_end, 120 AS arr_end, 10 AS arpa,
  TIMESTAMP '2025-04-01 01:58:00' AS newest_event_at, 3 AS events_behind,
  DATE '2025-04-01' AS _as_of, stamp() AS _ingested_at, 'transform-1' AS _run_id;

INSERT INTO ops.deliveries BY NAME
SELECT 'evt_' || n AS event_id, 'invoice.paid' AS event_type, TIMESTAMP '2025-04-01 01:50:00' + to_seconds(6 * n) AS received_at,
  DATE '2025-04-01' AS received_on, TIMESTAMP '2025-04-01 02:00:00' AS _ingested_at, 'ingest-1' AS _run_id
FROM range(100) AS webhooks(n);

INSERT INTO ops.run_log BY NAME
SELECT pipeline, table_name, 'succeeded' AS outcome, DATE '2025-04-01' AS as_of, 100 AS rows_in, 100 AS rows_loaded, 0 AS rows_superseded, 0 AS rows_rejected, 4096 AS bytes_loaded, '1' AS checksum, 60 AS seconds,
  '{}' AS options, '1.2.3' AS code_version, 'InMemoryRunner' AS runner, begun_at AS started_at, ended_at AS finished_at, begun_at AS _ingested_at, run_id AS _run_id
FROM (VALUES
  ('ingest', 'raw.events', TIMESTAMP '2025-04-01 02:00:05', TIMESTAMP '2025-04-01 02:00:30', 'ingest-1'),
  ('transform', 'marts.mrr_daily', TIMESTAMP '2025-04-01 02:01:00', TIMESTAMP '2025-04-01 02:02:00', 'transform-1')
) AS runs(pipeline, table_name, begun_at, ended_at, run_id);
