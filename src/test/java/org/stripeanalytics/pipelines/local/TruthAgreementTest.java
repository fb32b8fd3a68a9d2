package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * What the fold finds out from the rows is what the simulation, which keeps it to itself, had
 * decided: for every customer of three accounts of 2,000.
 */
class TruthAgreementTest {
  static final List<Integer> SEEDS = SynthesisedAccounts.SEEDS;

  private static final String TOLD =
      """
      WITH told AS (
        SELECT customer, unnest(movements) AS movement FROM truth.customers
      ), truth AS (
        SELECT customer AS customer_id, movement.day AS day,
          movement.movement_type AS movement_type, movement.arr_minor AS arr_minor,
          movement.churn_kind AS churn_kind
        FROM told
      ), found AS (
        SELECT customer_id, day, movement_type, arr_minor_after AS arr_minor, churn_kind
        FROM facts.fct_mrr_movements
      )
      """;

  @ParameterizedTest
  @FieldSource("SEEDS")
  void everyMovementHasTheDayTypeAmountAndChurnKindThatTheSimulationDecided(int seed) {
    assertThat(
        rows(
            seed,
            TOLD
                + "SELECT 'only in truth' AS side, * FROM (TABLE truth EXCEPT ALL TABLE found)"
                + " UNION ALL "
                + "SELECT 'only in facts', * FROM (TABLE found EXCEPT ALL TABLE truth)"),
        is(empty()));
    assertThat(
        "kinds of movements and of churn that were compared",
        rows(seed, TOLD + "SELECT DISTINCT movement_type, churn_kind FROM truth").size(),
        is(greaterThan(6)));
  }

  @ParameterizedTest
  @FieldSource("SEEDS")
  void everyCustomerThatLeftForGoodLeftOnTheDayAndForTheReasonThatTheSimulationDecided(int seed) {
    assertThat(
        rows(
            seed,
            TOLD
                + """
                , last_found AS (
                  SELECT * FROM found
                  QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY day DESC) = 1
                )
                SELECT customer, churned_at, customers.churn_kind, day, last_found.churn_kind
                FROM truth.customers AS customers
                LEFT JOIN last_found
                  ON customer = customer_id AND movement_type = 'churn'
                WHERE CAST(churned_at AS DATE) IS DISTINCT FROM day
                  OR customers.churn_kind IS DISTINCT FROM last_found.churn_kind
                """),
        is(empty()));
  }

  private static List<List<Object>> rows(int seed, String sql) {
    DuckDbWarehouse warehouse = SynthesisedAccounts.ofSeed(seed);
    return warehouse.query(sql).rows();
  }
}
