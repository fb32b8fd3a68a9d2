package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.report.FilledQuery;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** Customers of a simulated account and what its other systems know, whose truth is known. */
class ConnectTest {
  @TempDir static Path folder;
  private static DuckDbWarehouse warehouse;

  @BeforeAll
  static void anAccountOfAThousandCustomersWithAllItsSystems() {
    Path file = folder.resolve("w.duckdb");
    LocalRuns.run("synthesize", file, "--customers=1000", "--truth=true", "--end=2025-01-01");
    LocalRuns.run("transform", file, "--to=2025-01-01");
    LocalRuns.run("connect", file, "--to=2025-01-01");
    warehouse = LocalRuns.run("check", file, "--to=2025-01-01");
  }

  @Test
  void customersAreToldAsWellAsIsAskedFor() {
    List<Object> score = score("intermediate.identities");

    assertThat("precision", (Double) score.get(0), is(greaterThanOrEqualTo(0.995)));
    assertThat("recall", (Double) score.get(1), is(greaterThanOrEqualTo(0.95)));
  }

  @Test
  void whoComparesAddressesOnlyFindsFewer() {
    String plainJoin =
        """
        (SELECT x.object, x.source_id, MIN(c.id) AS customer_id FROM (
          SELECT 'hubspot_contact' AS object, id AS source_id, email FROM raw.hubspot_contact
          UNION ALL SELECT 'salesforce_lead', id, email FROM raw.salesforce_lead
          UNION ALL SELECT 'salesforce_contact', id, email FROM raw.salesforce_contact
          UNION ALL SELECT 'zendesk_user', id, email FROM raw.zendesk_user
          UNION ALL SELECT 'intercom_contact', id, email FROM raw.intercom_contact
          UNION ALL SELECT 'web_session', anonymous_id, user_id FROM raw.web_session) AS x
        JOIN raw.customers AS c ON c.email = x.email GROUP BY 1, 2)
        """;

    assertThat((Double) score(plainJoin).get(1), is(lessThan(0.8)));
  }

  @Test
  void everyModelDividesEveryConversionToTheMinorUnit() {
    assertThat(
        warehouse
            .query(
                """
                SELECT COUNT(*), COUNT(*) FILTER (WHERE a.weight <> 1000000
                    OR a.amount <> p.amount)
                FROM (SELECT customer_id, model, SUM(weight_ppm) AS weight,
                    SUM(amount_minor) AS amount
                  FROM facts.fct_attribution WHERE conversion = 'first_payment'
                  GROUP BY customer_id, model) AS a
                JOIN (SELECT customer_id, ARG_MIN(amount_reporting_minor, created_at) AS amount
                  FROM facts.fct_payments WHERE status = 'succeeded' AND amount_minor > 0
                  GROUP BY 1) AS p USING (customer_id)
                """)
            .rows()
            .get(0)
            .get(1),
        is(0L));
  }

  @Test
  void everyModelDividesTheMrrThatCustomersBeganWith() {
    assertThat(
        warehouse
            .query(
                """
                SELECT COUNT(*) > 0 AND COUNT(*) = COUNT(*) FILTER (WHERE a.mrr = m.mrr)
                FROM (SELECT customer_id, model, SUM(new_mrr_minor) AS mrr
                  FROM facts.fct_attribution WHERE conversion = 'first_payment' GROUP BY 1, 2) AS a
                JOIN (SELECT customer_id, CAST(ROUND(arr_minor_change / 12) AS BIGINT) AS mrr
                  FROM facts.fct_mrr_movements WHERE movement_type = 'new') AS m USING (customer_id)
                """)
            .value(),
        is(true));
  }

  @Test
  void markovOrdersChannelsAsTheyTrulyWorkAndTheLastTouchDoesNot() {
    assertThat(rankCorrelation("markov"), is(greaterThanOrEqualTo(0.9)));
    assertThat(rankCorrelation("last"), is(lessThan(0.9)));
  }

  /** Spearman's, of a model's conversions by channel and the true lift; direct brings nothing. */
  private static double rankCorrelation(String model) {
    return (Double)
        warehouse
            .query(
                """
                SELECT CORR(truth, found) FROM (
                  SELECT RANK() OVER (ORDER BY l.lift) AS truth,
                    RANK() OVER (ORDER BY COALESCE(a.weight, 0)) AS found
                  FROM truth.lift AS l LEFT JOIN (
                    SELECT channel, SUM(weight_ppm) AS weight FROM facts.fct_attribution
                    WHERE model = '%s' AND conversion = 'first_payment' GROUP BY 1) AS a
                  USING (channel))
                """
                    .formatted(model))
            .value();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          attribution | COUNT(DISTINCT customer_id)                 | COUNT(*)      | intermediate.customer_milestones | CAST(first_paid_at AS DATE) >= DATE '2024-01-01'
          tickets     | COUNT(*)                                    | SUM(tickets)  | marts.support_load_monthly | segment = 'all' AND month = DATE '2024-12-01'
          tickets     | COUNT(first_response_minutes)               | SUM(tickets_answered) | marts.support_load_monthly | segment = 'all' AND month = DATE '2024-12-01'
          deals       | COUNT(*)                                    | SUM(deals_won) | marts.pipeline_to_revenue_monthly | month = DATE '2024-12-01'
          deals       | COUNT(*) - COUNT(customer_id)               | SUM(deals_unresolved) | marts.pipeline_to_revenue_monthly | month = DATE '2024-12-01'
          cost-of-channels | SUM(spend_minor)                       | SUM(spend_minor) | marts.attribution_monthly | model = 'last' AND month >= DATE '2024-01-01'
          coverage    | COUNT(*)                                    | COUNT(*) | intermediate.identities | TRUE
          ways        | COUNT(*)                                    | COUNT(*) | facts.fct_touchpoints | conversion = 'first_payment'
          """)
  void theRowsThatTheDashboardOffersSumToItsFigures(
      String name, String aggregate, String figure, String table, String where) {
    long rows =
        ((Number)
                warehouse
                    .query(
                        "SELECT %s FROM (%s)".formatted(aggregate, FilledQuery.of(warehouse, name)))
                    .value())
            .longValue();

    assertThat(
        (Long)
            warehouse
                .query("SELECT COUNT(*) FROM (%s)".formatted(FilledQuery.of(warehouse, name)))
                .value(),
        is(greaterThan(0L)));
    assertThat(
        ((Number)
                warehouse
                    .query("SELECT %s FROM %s WHERE %s".formatted(figure, table, where))
                    .value())
            .longValue(),
        is(rows));
  }

  @Test
  void aRowIsOneCustomersAtMost() {
    assertThat(
        warehouse
            .query(
                "SELECT COUNT(*) FROM (SELECT object, source_id FROM intermediate.identities"
                    + " GROUP BY 1, 2 HAVING COUNT(*) > 1)")
            .value(),
        is(0L));
  }

  @Test
  void supportLoadIsWhatPlainSqlFinds() throws IOException {
    assertSame(
        oracle("support_load_monthly"),
        """
        SELECT month, segment, segment_value, tickets, tickets_unresolved, tickets_bad,
          first_response_minutes_median, first_response_minutes_p90, customers_with_bad_ticket,
          churned_with_bad_ticket, customers_without_bad_ticket, churned_without_bad_ticket
        FROM marts.support_load_monthly WHERE segment IN ('all', 'region')
        """);
  }

  @Test
  void whatBecameOfWonDealsIsWhatPlainSqlFinds() throws IOException {
    assertSame(
        oracle("pipeline_to_revenue_monthly"),
        """
        SELECT month, source, deals_won, deals_unresolved, amount_won, customers, deals_paid_before,
          deals_paid_within, deals_paid_later, deals_unpaid, days_to_payment_median,
          days_to_payment_p90, CAST(mrr_end AS DECIMAL(18, 2))
        FROM marts.pipeline_to_revenue_monthly WHERE deals_won > 0
        """);
  }

  /** Months of a campaign in which nothing happened are left out. */
  @Test
  void attributionByMonthIsWhatPlainSqlFinds() throws IOException {
    assertSame(
        oracle("attribution_monthly"),
        """
        SELECT month, model, channel, campaign, CAST(customers AS DECIMAL(18, 6)),
          first_payment_minor, new_mrr_minor, expansion_mrr_minor, revenue_12m_minor, spend_minor,
          CAST(cac_minor * 1000000000 AS HUGEINT), CAST(roas * 1000000000 AS HUGEINT),
          CAST(payback_months * 1000000000 AS HUGEINT)
        FROM marts.attribution_monthly
        WHERE customers > 0 OR expansion_mrr_minor > 0 OR spend_minor > 0
        """);
  }

  /** Of who is about to leave more tickets are bad: the simulation makes it so. */
  @Test
  void customersAreLostMoreOftenAfterABadTicket() {
    assertThat(
        warehouse
            .query(
                """
                SELECT SUM(churned_with_bad_ticket) / SUM(customers_with_bad_ticket)
                  > 2 * SUM(churned_without_bad_ticket) / SUM(customers_without_bad_ticket)
                FROM marts.support_load_monthly
                WHERE segment = 'all' AND churned_with_bad_ticket IS NOT NULL
                """)
            .value(),
        is(true));
  }

  @Test
  void everyDataTestOfWhatConnectMakesHolds() {
    assertThat(
        warehouse
            .query(
                """
                SELECT table_name, BOOL_AND(passed) FROM ops.quality_results
                WHERE table_name IN ('intermediate.identities', 'dimensions.dim_customer_profile',
                  'marts.support_load_monthly', 'marts.pipeline_to_revenue_monthly')
                GROUP BY 1 ORDER BY 1
                """)
            .rows(),
        contains(
            List.of("dimensions.dim_customer_profile", true),
            List.of("intermediate.identities", true),
            List.of("marts.pipeline_to_revenue_monthly", true),
            List.of("marts.support_load_monthly", true)));
  }

  private static void assertSame(String expected, String found) {
    assertThat(warehouse.query(found).rows(), is(not(empty())));
    String both = "WITH e AS (" + expected + "), f AS (" + found + ") ";
    assertThat(
        warehouse.query(both + "SELECT * FROM e EXCEPT ALL SELECT * FROM f").rows(), is(empty()));
    assertThat(
        warehouse.query(both + "SELECT * FROM f EXCEPT ALL SELECT * FROM e").rows(), is(empty()));
  }

  private static String oracle(String mart) throws IOException {
    try (InputStream sql = ConnectTest.class.getResourceAsStream("/connect/" + mart + ".sql")) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<Object> score(String found) {
    return warehouse
        .query(
            """
            SELECT AVG(CASE WHEN i.customer_id IS NOT NULL
                THEN CAST(i.customer_id = t.customer_id AS DOUBLE) END),
              AVG(CAST(COALESCE(i.customer_id = t.customer_id, FALSE) AS DOUBLE))
            FROM truth.identities AS t LEFT JOIN %s AS i
              ON i.object = t.object AND i.source_id = t.source_id
            """
                .formatted(found))
        .rows()
        .get(0);
  }
}
