package org.stripeanalytics.report;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * What the dashboard takes from the marts. Countries are too many to choose from, so they are left
 * out of all but their own extract. The SQL is in the subset that DuckDB and GoogleSQL share.
 */
enum DashboardExtract {
  MRR_MONTHLY(
      "marts.mrr_monthly",
      """
      month segment segment_value
      mrr_start mrr_new mrr_reactivation mrr_expansion mrr_contraction mrr_churn mrr_end
      mrr_past_due scheduled_churn_mrr
      customers_start customers_new customers_reactivated customers_churned customers_end
      arr_end arpa mrr_end_starter mrr_end_professional mrr_end_other
      """,
      "WHERE segment <> 'country'"),
  CHURN_MONTHLY(
      "marts.churn_monthly",
      """
      month segment segment_value customers_start customers_lost
      customer_churn_rate gross_mrr_churn_rate net_mrr_churn_rate
      nrr_12m grr_12m quick_ratio
      voluntary_churned involuntary_churned dispute_churned paused_churned unknown_churned
      """,
      "WHERE segment <> 'country'"),
  /** Of all customers; with every segment value it would weigh more than all the rest. */
  CUSTOMER_STAGES("marts.segment_monthly", "month stages flows", "WHERE segment = 'all'"),
  TRIAL_FUNNEL(
      "marts.trial_funnel",
      """
      signup_month segment segment_value
      signups trials_started trials_converted paid_without_trial paid
      retained_30d retained_90d retained_365d
      trial_conversion_rate signup_to_paid_rate retained_90d_rate is_mature
      """,
      "WHERE segment <> 'country'"),
  UNIT_ECONOMICS_MONTHLY(
      "marts.unit_economics_monthly",
      """
      month segment segment_value sales_marketing_spend customers_new cac arpa
      customer_churn_6m ltv ltv_cac cac_payback_months
      """,
      "WHERE segment <> 'country'"),
  PAYMENT_HEALTH_MONTHLY(
      "marts.payment_health_monthly",
      """
      month segment segment_value invoices_attempted invoice_volume
      first_attempt_failed first_attempt_failed_volume first_attempt_failure_rate
      recovered recovered_volume in_recovery recovery_rate
      attempts attempts_succeeded charge_success_rate involuntary_churn_mrr
      """,
      "WHERE segment <> 'country'"),
  REFUNDS_DISPUTES_MONTHLY(
      "marts.refunds_disputes_monthly",
      """
      month segment segment_value charges_succeeded charge_volume
      refunded_charges refunded_volume disputed_charges disputed_volume
      refund_rate cohort_refund_rate dispute_rate cohort_dispute_rate
      disputes_won disputes_lost win_rate is_provisional
      visa_disputes visa_charges vamp_ratio vamp_status
      mastercard_disputes mastercard_charges_previous_month ecm_ratio ecm_status
      """,
      "WHERE segment <> 'country'"),
  /** Decline codes of the newest year; a code per cell would weigh more than all the rest. */
  DECLINE_CODES(
      "marts.payment_health_monthly",
      "month segment segment_value payment_failures_by_code",
      "WHERE segment <> 'country' AND month > {a_year_ago}"),
  /** The newest month by country, and the month a year before it. */
  COUNTRIES(
      "marts.mrr_monthly",
      "month segment segment_value mrr_end customers_end customers_churned customers_start arpa",
      "WHERE segment = 'country' AND month IN ({newest_month}, {a_year_ago})"),
  SUPPORT_LOAD_MONTHLY(
      "marts.support_load_monthly",
      """
      month segment segment_value tickets tickets_unresolved tickets_answered tickets_bad
      first_response_minutes_median first_response_minutes_p90 tickets_per_customer
      customers_with_bad_ticket churned_with_bad_ticket
      customers_without_bad_ticket churned_without_bad_ticket
      """,
      "WHERE segment <> 'country'"),
  PIPELINE_TO_REVENUE_MONTHLY(
      "marts.pipeline_to_revenue_monthly",
      """
      month source deals_won deals_unresolved deals_paid_before deals_paid_within
      deals_paid_later deals_unpaid paid_within_days days_to_payment_median mrr_end
      """,
      ""),
  /** What models say of the newest twelve months. */
  ATTRIBUTION("marts.attribution_monthly", "model channel customers spend_minor", "") {
    @Override
    String sql(ReportFrame frame) {
      return """
      SELECT model, channel, SUM(customers) AS customers, SUM(spend_minor) AS spend_minor
      FROM marts.attribution_monthly WHERE month > %s GROUP BY 1, 2 ORDER BY 1, 2
      """
          .formatted(literal(frame.lastMonth().map(month -> month.minusYears(1))));
    }
  },
  /** From which channel to which the last four visits before a first payment led. */
  WAYS("facts.fct_touchpoints", "back channel next_channel conversions", "") {
    @Override
    String sql(ReportFrame frame) {
      return """
      WITH visits AS (
        SELECT t.conversion_id, t.channel,
          ROW_NUMBER() OVER (PARTITION BY t.conversion_id ORDER BY t.position DESC) AS back
        FROM facts.fct_touchpoints AS t WHERE t.conversion = 'first_payment'
      )
      SELECT v.back, v.channel, COALESCE(n.channel, '') AS next_channel, COUNT(*) AS conversions
      FROM visits AS v
      LEFT JOIN visits AS n ON n.conversion_id = v.conversion_id AND n.back = v.back - 1
      WHERE v.back <= 4
      GROUP BY 1, 2, 3
      ORDER BY 1, 2, 3
      """;
    }
  },
  /** Whom other sources know, by the rule that says who it is. */
  IDENTITY_COVERAGE("intermediate.identities", "object rule reason identities", "") {
    @Override
    String sql(ReportFrame frame) {
      return """
      SELECT object, rule, reason, COUNT(*) AS identities FROM intermediate.identities
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      """;
    }
  },
  BENCHMARK_POSITION(
      "marts.benchmark_position",
      "metric source year companies population definition month value published p25 p50 p75 p90 position reason",
      ""),
  /** The unusual days of the newest year; the ordinary ones would weigh more than all the rest. */
  METRIC_ANOMALIES(
      "marts.metric_anomalies",
      "day metric subject value expected expected_low expected_high score severity",
      "WHERE severity <> 'none' AND day > {a_year_ago}"),
  /** The customers of the newest month who put most at risk. */
  CUSTOMERS_AT_RISK(
      "marts.churn_risk",
      "customer_id plan mrr band p_1m mrr_at_risk p_3m contributions month",
      "") {
    @Override
    String sql(ReportFrame frame) {
      return "SELECT %s FROM %s WHERE month = %s AND mrr_at_risk IS NOT NULL"
              .formatted(String.join(", ", columns()), table(), literal(frame.lastMonth()))
          + " ORDER BY mrr_at_risk DESC, customer_id LIMIT 20";
    }
  },
  /** By month, what was predicted for the one after it and what came. */
  PREDICTED_LEAVING(
      "marts.churn_risk",
      "month scored expected_to_leave left_1m announced mrr_announced mrr_at_risk",
      "") {
    @Override
    String sql(ReportFrame frame) {
      return """
      SELECT month, COUNT(p_1m) AS scored, SUM(p_1m) AS expected_to_leave,
        CASE WHEN COUNT(outcome_1m) > 0
          THEN SUM(CASE WHEN p_1m IS NOT NULL AND outcome_1m <> 'stayed' THEN 1 ELSE 0 END)
          END AS left_1m,
        SUM(CASE WHEN band = 'announced' THEN 1 ELSE 0 END) AS announced,
        SUM(CASE WHEN band = 'announced' THEN mrr ELSE 0 END) AS mrr_announced,
        SUM(mrr_at_risk) AS mrr_at_risk
      FROM marts.churn_risk
      GROUP BY 1
      ORDER BY 1
      """;
    }
  },
  MRR_FORECAST("marts.mrr_forecast", "made_month month months_ahead mrr mrr_low mrr_high", "") {
    @Override
    String sql(ReportFrame frame) {
      return "SELECT %s FROM %s WHERE made_month = %s ORDER BY 1, 2"
          .formatted(String.join(", ", columns()), table(), literal(frame.lastMonth()));
    }
  },
  /** The cohorts of a year that are the newest whose first year is over. */
  LTV_FORECAST(
      "marts.ltv_forecast",
      """
      cohort_month customers revenue revenue_low revenue_high revenue_actual curve_revenue
      arpa_over_churn_revenue
      """,
      """
      WHERE segment = 'all' AND horizon_months = 12 AND revenue_actual IS NOT NULL
        AND made_month = {a_year_ago}\
      """),
  MODEL_EVALUATION(
      "marts.model_evaluation",
      """
      horizon_months risk segment tested_from tested_to customer_months events auc baseline_auc
      calibration_slope ece lift_10 published reason tenths gates
      """,
      "WHERE segment = 'all'"),
  /** How far the figures of the open month reach: the same in all rows. */
  LIVE_FIGURES("marts.live_mrr", "newest_event_at events_behind _as_of", "WHERE segment = 'all'"),
  /**
   * The newest runs that ingested webhooks, with the times that lags are computed from. All
   * webhooks of a run end their wait together, so the earlier one was received, the longer it
   * waited: the P95 lag counts from the 5th percentile of {@code received_at}.
   */
  DELIVERIES(
      "ops.deliveries",
      "ingested_at deliveries median_received_at p5_received_at first_received_at" + " in_marts_at",
      "") {
    @Override
    String sql(ReportFrame frame) {
      return """
      WITH placed AS (
        SELECT d._run_id AS run_id, d.received_at,
          ROW_NUMBER() OVER (PARTITION BY d._run_id ORDER BY d.received_at) AS place,
          COUNT(*) OVER (PARTITION BY d._run_id) AS deliveries
        FROM ops.deliveries AS d
        WHERE d.received_on >= %s
      ), received AS (
        SELECT p.run_id, MAX(p.deliveries) AS deliveries,
          MIN(CASE WHEN p.place * 2 > p.deliveries THEN p.received_at END) AS median_received_at,
          MIN(CASE WHEN p.place * 20 > p.deliveries THEN p.received_at END)
            AS p5_received_at,
          MIN(p.received_at) AS first_received_at
        FROM placed AS p GROUP BY p.run_id
      ), ingested AS (
        SELECT l._run_id AS run_id, MAX(l._ingested_at) AS begun_at,
          MAX(l.finished_at) AS ingested_at
        FROM ops.run_log AS l WHERE l.pipeline = 'ingest' AND l.outcome = 'succeeded'
        GROUP BY l._run_id
      ), transformed AS (
        SELECT l._ingested_at AS begun_at, MAX(l.finished_at) AS transformed_at
        FROM ops.run_log AS l WHERE l.pipeline = 'transform' AND l.outcome = 'succeeded'
        GROUP BY l._ingested_at
      )
      SELECT i.ingested_at, r.deliveries, r.median_received_at, r.p5_received_at,
        r.first_received_at, MIN(t.transformed_at) AS in_marts_at
      FROM received AS r JOIN ingested AS i ON i.run_id = r.run_id
      LEFT JOIN transformed AS t ON t.begun_at >= i.begun_at
        AND t.transformed_at >= i.ingested_at
      GROUP BY 1, 2, 3, 4, 5
      ORDER BY 1 DESC
      LIMIT 12
      """
          .formatted(literal(frame.lastMonth()));
    }
  },
  /** The newest changes of figures for all customers; segments repeat them and are left out. */
  RESTATEMENTS(
      "ops.restatements",
      "_ingested_at mart period column_name old_value new_value caused_by explanation",
      "") {
    @Override
    String sql(ReportFrame frame) {
      return """
      SELECT _ingested_at, mart, period, column_name, old_value, new_value,
        caused_by, explanation
      FROM ops.restatements
      WHERE row_key = 'segment=all, segment_value=all'
      ORDER BY _ingested_at DESC, period DESC, mart, column_name
      LIMIT 500
      """;
    }
  },
  REVENUE_MONTHLY(
      "marts.revenue_daily",
      "year month_of_year segment segment_value gross_volume refunds disputes fees other net"
          + " payouts",
      "") {
    @Override
    String sql(ReportFrame frame) {
      return """
      SELECT EXTRACT(YEAR FROM day) AS year, EXTRACT(MONTH FROM day) AS month_of_year,
        segment, segment_value, SUM(gross_volume) AS gross_volume, SUM(refunds) AS refunds,
        SUM(disputes) AS disputes, SUM(fees) AS fees, SUM(other) AS other, SUM(net) AS net,
        SUM(payouts) AS payouts
      FROM marts.revenue_daily
      WHERE segment <> 'country'
      GROUP BY 1, 2, 3, 4
      ORDER BY 1, 2, 3, 4
      """;
    }
  };

  private final String table;
  private final ImmutableList<String> columns;
  private final String filter;

  DashboardExtract(String table, String columns, String filter) {
    this.table = table;
    this.columns =
        ImmutableList.copyOf(Splitter.onPattern("\\s+").omitEmptyStrings().split(columns));
    this.filter = filter;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String table() {
    return table;
  }

  ImmutableList<String> columns() {
    return columns;
  }

  MartExtract read(Warehouse warehouse, ReportFrame frame) {
    return MartExtract.of(table, columns, Reading.of(warehouse, sql(frame)));
  }

  /** Rows in the order of their key, so that the page of one warehouse is always the same. */
  String sql(ReportFrame frame) {
    String where =
        filter
            .replace("{newest_month}", literal(frame.lastMonth()))
            .replace("{a_year_ago}", literal(frame.lastMonth().map(m -> m.minusYears(1))));
    return "SELECT %s FROM %s %s ORDER BY 1, 2, 3"
        .formatted(String.join(", ", columns), table, where);
  }

  private static String literal(Optional<LocalDate> month) {
    return month.map(m -> "DATE '" + m + "'").orElse("CAST(NULL AS DATE)");
  }
}
