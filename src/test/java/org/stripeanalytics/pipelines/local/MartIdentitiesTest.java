package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * What must hold between and inside the marts other than those of MRR, asked of finished
 * warehouses. Each query lists what breaks it.
 */
class MartIdentitiesTest {
  private static final List<String> MONTHLY =
      List.of(
          "churn_monthly month",
          "trial_funnel signup_month",
          "unit_economics_monthly month",
          "payment_health_monthly month",
          "refunds_disputes_monthly month");

  static Stream<DuckDbWarehouse> warehouses() {
    return SynthesisedAccounts.SEEDS.stream().map(SynthesisedAccounts::ofSeed);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void everyMartHasRowsOfEveryFinishedMonthWithoutGaps(DuckDbWarehouse warehouse) {
    for (String mart : MONTHLY) {
      String table = mart.split(" ")[0];
      String month = mart.split(" ")[1];
      assertThat(
          (Long) warehouse.query("SELECT count(*) FROM marts." + table).value(), greaterThan(100L));
      assertNone(
          warehouse,
          """
          SELECT segment, segment_value FROM marts.%1$s GROUP BY ALL
          HAVING count(*) <> date_diff('month', min(%2$s), DATE '2026-01-01')
              OR max(%2$s) <> DATE '2025-12-01'
          """
              .formatted(table, month));
    }
    assertNone(
        warehouse,
        """
        SELECT segment, segment_value FROM marts.revenue_daily GROUP BY ALL
        HAVING count(*) <> DATE '2026-01-01' - min(day) OR max(day) <> DATE '2025-12-31'
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void theKindsAndThePlansOfThoseWhoLeftSumToThem(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        """
        SELECT * FROM marts.churn_monthly c FULL JOIN marts.mrr_monthly m
          USING (month, segment, segment_value)
        WHERE voluntary_churned + involuntary_churned + dispute_churned + paused_churned
                + unknown_churned IS DISTINCT FROM customers_churned
           OR starter_churned + professional_churned + other_churned
                IS DISTINCT FROM customers_churned
           OR c.customers_start IS DISTINCT FROM m.customers_start
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void retentionStaysWithinItsBounds(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        """
        SELECT * FROM marts.churn_monthly
        WHERE grr_1m < 0 OR grr_1m > least(1, nrr_1m) OR grr_12m < 0 OR grr_12m > least(1, nrr_12m)
           OR customers_lost > customers_start
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void theCohortsOfAMonthsEndAreThatMonthsCustomersAndRevenue(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        """
        WITH cohorts AS (
          SELECT observed_month AS month, segment, segment_value,
                 sum(customers_active) AS active, sum(mrr) AS mrr,
                 sum(cohort_size) FILTER (months_since = 0) AS started
          FROM marts.retention_cohorts GROUP BY ALL)
        SELECT * FROM marts.mrr_monthly m LEFT JOIN cohorts c USING (month, segment, segment_value)
        WHERE active <> customers_end OR abs(mrr - mrr_end) > 0.00001
           OR coalesce(started, 0) <> customers_new
        """);
    assertNone(
        warehouse,
        """
        SELECT * FROM marts.retention_cohorts
        WHERE observed_month <> cohort_month + to_months(CAST(months_since AS INTEGER))
           OR cohort_size < 1
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void theFunnelOnlyNarrows(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        """
        SELECT * FROM marts.trial_funnel
        WHERE trials_started > signups OR trials_converted > trials_started
           OR trials_converted + paid_without_trial <> paid OR paid > signups
           OR retained_30d > paid OR retained_90d > paid OR retained_365d > paid
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void unitEconomicsKnowTheNewCustomersAndTheArpaOfMrr(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        """
        SELECT * FROM marts.unit_economics_monthly u JOIN marts.mrr_monthly m
          USING (month, segment, segment_value)
        WHERE u.customers_new <> m.customers_new OR u.arpa IS DISTINCT FROM m.arpa
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void aDaysNetIsTheSumOfItsPartsAndTiesToTheLedger(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        "SELECT * FROM marts.revenue_daily WHERE gross_volume + refunds + disputes + fees + other <> net");
    assertNone(
        warehouse,
        """
        WITH ledger AS (
          SELECT sum(net) FILTER (reporting_category NOT IN ('payout', 'payout_reversal')) AS net,
                 -sum(net) FILTER (reporting_category IN ('payout', 'payout_reversal')) AS payouts
          FROM (SELECT * FROM raw.balance_transactions
                QUALIFY row_number() OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1)),
        days AS (
          SELECT segment, sum(net) * 100 AS net, sum(payouts) * 100 AS payouts
          FROM marts.revenue_daily GROUP BY segment)
        SELECT * FROM days, ledger WHERE days.net <> ledger.net OR days.payouts <> ledger.payouts
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void ratesLieBetweenNoneAndAll(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        """
        SELECT * FROM marts.payment_health_monthly
        WHERE first_attempt_failed > invoices_attempted OR recovered > first_attempt_failed
           OR attempts_succeeded > attempts OR charge_success_rate NOT BETWEEN 0 AND 1
           OR list_sum([f.count FOR f IN payment_failures_by_code]) > attempts - attempts_succeeded
        """);
    assertNone(
        warehouse,
        """
        SELECT * FROM marts.refunds_disputes_monthly
        WHERE cohort_refund_rate NOT BETWEEN 0 AND 1 OR cohort_dispute_rate NOT BETWEEN 0 AND 1
           OR win_rate NOT BETWEEN 0 AND 1 OR (segment = 'all') <> (vamp_status IS NOT NULL)
        """);
  }

  private static void assertNone(DuckDbWarehouse warehouse, String violations) {
    assertThat(violations, warehouse.query(violations + " LIMIT 5").rows(), empty());
  }
}
