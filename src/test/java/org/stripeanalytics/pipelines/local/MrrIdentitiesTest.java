package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * The identities of MRR, asked of finished warehouses. Each query lists what breaks its identity.
 * Cells are rounded once, to nine places, so sums of cells may differ in the last of them.
 */
class MrrIdentitiesTest {

  static Stream<DuckDbWarehouse> warehouses() {
    return SynthesisedAccounts.SEEDS.stream().map(SynthesisedAccounts::ofSeed);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void theAccountHasMovementsOfEveryTypeToCheck(DuckDbWarehouse warehouse) {
    assertThat(
        warehouse
            .query("SELECT count(DISTINCT movement_type) FROM facts.fct_mrr_movements")
            .value(),
        is(5L));
    assertThat(
        (Long) warehouse.query("SELECT count(*) FROM marts.mrr_daily").value(),
        greaterThan(10_000L));
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void everyPeriodAddsUpFromItsStartOverItsMovementsToItsEnd(DuckDbWarehouse warehouse) {
    for (String mart : List.of("mrr_daily", "mrr_monthly")) {
      assertNone(
          warehouse,
          """
          SELECT * FROM marts.%s
          WHERE abs(mrr_start + mrr_new + mrr_reactivation + mrr_expansion + mrr_contraction
                    + mrr_churn - mrr_end) > 0.000001
             OR least(mrr_new, mrr_reactivation, mrr_expansion) < 0
             OR greatest(mrr_contraction, mrr_churn) > 0
          """
              .formatted(mart));
    }
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void theNetMovementsOfAMonthComeToItsDifferenceToo(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        """
        SELECT * FROM marts.mrr_monthly
        WHERE abs(mrr_start + net_new + net_reactivation + net_expansion + net_contraction
                  + net_churn - mrr_end) > 0.000001
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void aPeriodStartsWhereTheOneBeforeEndedAndNoneIsMissing(DuckDbWarehouse warehouse) {
    assertNone(warehouse, notContinuing("mrr_daily", "day", "day + 1"));
    assertNone(
        warehouse, notContinuing("mrr_monthly", "month", "CAST(month + INTERVAL 1 MONTH AS DATE)"));
  }

  private static String notContinuing(String mart, String period, String next) {
    return """
        SELECT * FROM (
          SELECT %2$s, segment, segment_value, mrr_end, customers_end, %3$s AS following,
                 lead(%2$s) OVER later AS next_period,
                 lead(mrr_start) OVER later AS next_mrr_start,
                 lead(customers_start) OVER later AS next_customers_start
          FROM marts.%1$s
          WINDOW later AS (PARTITION BY segment, segment_value ORDER BY %2$s))
        WHERE next_period <> following OR next_mrr_start <> mrr_end
           OR next_customers_start <> customers_end
        """
        .formatted(mart, period, next);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void aCustomersMovementsSumToItsCurrentRevenue(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        """
        WITH moved AS (
          SELECT customer_id, sum(arr_minor_change) AS moved
          FROM facts.fct_mrr_movements GROUP BY customer_id),
        current AS (
          SELECT customer_id, sum(arr_minor) AS arr_minor
          FROM intermediate.subscription_spells WHERE valid_to IS NULL GROUP BY customer_id)
        SELECT * FROM moved FULL JOIN current USING (customer_id)
        WHERE coalesce(moved, 0) <> coalesce(arr_minor, 0)
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void eachMovementBeginsWhereTheOneBeforeLeftTheCustomer(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        """
        SELECT * FROM (
          SELECT *, lag(arr_minor_after, 1, 0) OVER (PARTITION BY customer_id ORDER BY day) AS left_at
          FROM facts.fct_mrr_movements)
        WHERE arr_minor_before <> left_at OR arr_minor_after - arr_minor_before <> arr_minor_change
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void aCustomersFirstMovementIsNewAndNoLaterOneIs(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        """
        SELECT customer_id FROM facts.fct_mrr_movements GROUP BY customer_id
        HAVING count(*) FILTER (movement_type = 'new') <> 1 OR arg_min(movement_type, day) <> 'new'
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void theDailyMovementsOfAMonthSumToItsMovements(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        """
        WITH days AS (
          SELECT date_trunc('month', day) AS month, segment, segment_value,
                 sum(mrr_new) AS mrr_new, sum(mrr_reactivation) AS mrr_reactivation,
                 sum(mrr_expansion) AS mrr_expansion, sum(mrr_contraction) AS mrr_contraction,
                 sum(mrr_churn) AS mrr_churn, sum(customers_new) AS customers_new,
                 sum(customers_reactivated) AS customers_reactivated,
                 sum(customers_churned) AS customers_churned, arg_max(mrr_end, day) AS mrr_end
          FROM marts.mrr_daily GROUP BY ALL)
        SELECT * FROM marts.mrr_monthly m JOIN days d USING (month, segment, segment_value)
        WHERE abs(m.mrr_new - d.mrr_new) > 0.000001
           OR abs(m.mrr_reactivation - d.mrr_reactivation) > 0.000001
           OR abs(m.mrr_expansion - d.mrr_expansion) > 0.000001
           OR abs(m.mrr_contraction - d.mrr_contraction) > 0.000001
           OR abs(m.mrr_churn - d.mrr_churn) > 0.000001
           OR m.customers_new <> d.customers_new
           OR m.customers_reactivated <> d.customers_reactivated
           OR m.customers_churned <> d.customers_churned
           OR m.mrr_end <> d.mrr_end
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void theCustomersThatSpellsCountAtAMonthEndAreThoseRolledForward(DuckDbWarehouse warehouse) {
    assertNone(
        warehouse,
        """
        WITH counted AS (
          SELECT m.month, count(DISTINCT s.customer_id) AS customers, sum(s.arr_minor) AS arr_minor
          FROM marts.mrr_monthly m JOIN intermediate.subscription_spells s
            ON s.valid_from < m.month + INTERVAL 1 MONTH
           AND (s.valid_to IS NULL OR s.valid_to >= m.month + INTERVAL 1 MONTH)
           AND s.arr_minor > 0
          WHERE m.segment = 'all' GROUP BY m.month)
        SELECT month, customers, customers_end, arr_minor, arr_end
        FROM marts.mrr_monthly LEFT JOIN counted USING (month)
        WHERE segment = 'all'
          AND (customers_start + customers_new + customers_reactivated - customers_churned
                 <> customers_end
               OR coalesce(customers, 0) <> customers_end
               OR coalesce(arr_minor, 0) <> arr_end * 100)
        """);
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void theValuesOfEverySegmentSumToAll(DuckDbWarehouse warehouse) {
    for (String mart : List.of("mrr_daily", "mrr_monthly")) {
      String period = mart.equals("mrr_daily") ? "day" : "month";
      assertNone(
          warehouse,
          """
          WITH parts AS (
            SELECT %2$s, segment, sum(mrr_end) AS mrr, sum(customers_end) AS customers,
                   sum(mrr_churn) AS churn, sum(arr_end) AS arr
            FROM marts.%1$s WHERE segment <> 'all' GROUP BY ALL)
          SELECT * FROM marts.%1$s a JOIN parts p USING (%2$s)
          WHERE a.segment = 'all'
            AND (a.arr_end <> p.arr OR a.customers_end <> p.customers
                 OR abs(a.mrr_end - p.mrr) > 0.000001 OR abs(a.mrr_churn - p.churn) > 0.000001)
          """
              .formatted(mart, period));
    }
  }

  @ParameterizedTest
  @MethodSource("warehouses")
  void thePartsOfALevelAreNoMoreThanTheLevel(DuckDbWarehouse warehouse) {
    for (String mart : List.of("mrr_daily", "mrr_monthly")) {
      assertNone(
          warehouse,
          """
          SELECT * FROM marts.%s
          WHERE abs(mrr_end_starter + mrr_end_professional + mrr_end_other - mrr_end) > 0.000001
             OR mrr_end > mrr_list_end OR mrr_billed_end > mrr_end
             OR mrr_past_due > mrr_end OR scheduled_churn_mrr > mrr_end
             OR (arpa IS NULL) <> (customers_end = 0)
          """
              .formatted(mart));
    }
  }

  private static void assertNone(DuckDbWarehouse warehouse, String violations) {
    assertThat(violations, warehouse.query(violations + " LIMIT 5").rows(), is(empty()));
  }
}
