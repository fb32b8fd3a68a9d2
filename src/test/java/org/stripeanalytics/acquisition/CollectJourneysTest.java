package org.stripeanalytics.acquisition;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.intermediate.Identity;
import org.stripeanalytics.warehouse.duckdb.DuckDbSql;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/** Visits and money of the same customer come together, whichever table knows of them. */
@ExtendWith(TestPipelineExtension.class)
class CollectJourneysTest {
  private static final JourneyRules RULES =
      new JourneyRules(90, false, ZoneOffset.UTC, Instant.parse("2025-01-01T00:00:00Z"));

  @TempDir Path directory;
  private DuckDbWarehouse warehouse;

  @BeforeEach
  void createTables() {
    warehouse = EmptyWarehouses.at(directory.resolve("stripe.duckdb"));
  }

  @Test
  void visitsOfAllBrowsersOfACustomerLeadToItsPaymentAndThoseOfNobodyToNone(TestPipeline pipeline)
      throws SQLException {
    visit("s1", "laptop", "2024-02-01", "newsletter");
    visit("s2", "phone", "2024-02-10", "newsletter");
    visit("s3", "nobody", "2024-02-11", "newsletter");
    pays("ch_1", "2024-02-20", 5000, "succeeded");

    assertJourneys(
        pipeline, "cus_1 first_payment 2024-02-20 5000 5000: s1 s2", "null null null 0 0: s3");
  }

  @Test
  void whatIsPaidWithinTwelveMonthsLessRefundsIsTheRevenueAndAFailureIsNoPayment(
      TestPipeline pipeline) throws SQLException {
    visit("s1", "laptop", "2024-02-01", "newsletter");
    pays("ch_0", "2024-02-10", 5000, "failed");
    pays("ch_1", "2024-02-20", 5000, "succeeded");
    pays("ch_2", "2024-03-20", 5000, "succeeded");
    insert(
        Tables.FCT_REFUNDS,
        Map.of(
            "refund_id", "'re_1'",
            "customer_id", "'cus_1'",
            "status", "'succeeded'",
            "is_release", "false",
            "created_at", "TIMESTAMP '2024-03-21'",
            "amount_reporting_minor", "2000"));

    assertJourneys(pipeline, "cus_1 first_payment 2024-02-20 5000 8000: s1");
  }

  @Test
  void anExpansionIsAConversionOfTheVisitsSinceTheLastOne(TestPipeline pipeline)
      throws SQLException {
    visit("s1", "laptop", "2024-02-01", "newsletter");
    visit("s2", "laptop", "2024-04-01", "newsletter");
    pays("ch_1", "2024-02-20", 5000, "succeeded");
    insert(
        Tables.FCT_MRR_MOVEMENTS,
        Map.of(
            "customer_id", "'cus_1'",
            "day", "DATE '2024-04-10'",
            "movement_type", "'expansion'",
            "arr_minor_change", "12000",
            "channel", "'referral'"));

    assertJourneys(
        pipeline,
        "cus_1 first_payment 2024-02-20 5000 5000: s1",
        "cus_1 expansion 2024-04-10 1000 0: s2");
  }

  @Test
  void whatBeganOnTheLastDayCountsWhateverTheMrrWas(TestPipeline pipeline) throws SQLException {
    pays("ch_1", "2024-12-31", 5000, "succeeded");
    insert(
        Tables.FCT_MRR_MOVEMENTS,
        Map.of(
            "customer_id", "'cus_1'",
            "day", "DATE '2024-12-31'",
            "movement_type", "'new'",
            "arr_minor_change", "24000",
            "channel", "'referral'"));

    PAssert.that(
            pipeline
                .apply(Create.of(browser("laptop")).withCoder(Tables.IDENTITIES.coder()))
                .apply("CollectJourneys", CollectJourneys.of(warehouse, RULES))
                .apply(
                    "NewMrr",
                    MapElements.into(TypeDescriptors.longs()).via(CustomerJourney::getNewMrr)))
        .containsInAnyOrder(2000L);
    pipeline.run().waitUntilFinish();
  }

  private void assertJourneys(TestPipeline pipeline, String... expected) {
    PAssert.that(
            pipeline
                .apply(
                    Create.of(browser("laptop"), browser("phone"))
                        .withCoder(Tables.IDENTITIES.coder()))
                .apply("CollectJourneys", CollectJourneys.of(warehouse, RULES))
                .apply(
                    "InWords",
                    MapElements.into(TypeDescriptors.strings()).via(CollectJourneysTest::inWords)))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private static String inWords(CustomerJourney journey) {
    return "%s %s %s %d %d: %s"
        .formatted(
            journey.getCustomerId(),
            journey.getConversion(),
            journey.getConvertedOn(),
            journey.getAmount(),
            journey.getRevenue(),
            journey.getVisits().stream().map(Visit::getSessionId).collect(joining(" ")));
  }

  private static Identity browser(String anonymousId) {
    return Identity.builder()
        .setSource("web")
        .setObject("web_session")
        .setSourceId(anonymousId)
        .setCustomerId("cus_1")
        .setRule("explicit_id")
        .setConfidence(BigDecimal.ONE)
        .setComponent("c1")
        .build();
  }

  private void visit(String id, String browser, String day, String source) throws SQLException {
    insert(
        Tables.WEB_SESSION,
        Map.of(
            "session_id", "'" + id + "'",
            "anonymous_id", "'" + browser + "'",
            "started_at", "TIMESTAMP '" + day + "'",
            "utm_source", "'" + source + "'",
            "utm_medium", "'email'"));
  }

  private void pays(String id, String day, long minor, String status) throws SQLException {
    insert(
        Tables.FCT_PAYMENTS,
        Map.of(
            "charge_id", "'" + id + "'",
            "customer_id", "'cus_1'",
            "status", "'" + status + "'",
            "created_at", "TIMESTAMP '" + day + "'",
            "amount_reporting_minor", String.valueOf(minor)));
  }

  /** A row with these values; anything will do in the other columns that have to be filled. */
  private void insert(WarehouseTable<?> table, Map<String, String> values) throws SQLException {
    String cells =
        table.contract().columns().stream()
            .map(
                column ->
                    values.containsKey(column.getName())
                        ? values.get(column.getName())
                        : !column.getMode().equals("REQUIRED")
                            ? column.getMode().equals("REPEATED") ? "[]" : "NULL"
                            : switch (DuckDbSql.type(column)) {
                              case "VARCHAR" -> "'x'";
                              case "BOOLEAN" -> "false";
                              case "DATE" -> "DATE '2024-02-20'";
                              case "TIMESTAMP" -> "TIMESTAMP '2024-02-20'";
                              default -> "0";
                            })
            .collect(joining(", "));
    try (Connection connection = DuckDbSql.connect(directory.resolve("stripe.duckdb"));
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO " + table.name() + " VALUES (" + cells + ")");
    }
  }
}
