package org.stripeanalytics.quality;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.QualityResult;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/**
 * Every rule can fail: a defect is planted in a sound warehouse of one customer, who came on the
 * 1st of January 2024 and left on the 5th, and the rule finds it.
 */
class TableTestsTest {
  private static final Instant NOW = Instant.parse("2024-01-06T02:00:00Z");
  private static final LocalDate AS_OF = LocalDate.of(2024, 1, 6);

  @TempDir Path folder;
  private DuckDbWarehouse warehouse;

  @BeforeEach
  void aSoundWarehouse() throws SQLException {
    warehouse =
        EmptyWarehouses.at(
            folder.resolve("w.duckdb"), ZoneOffset.UTC, Clock.fixed(NOW, ZoneOffset.UTC));
    execute(
        insert(
            Tables.DIM_CUSTOMER,
            Map.of("customer_key", "1", "customer_id", "'cus_1'", "is_current", "true")),
        insert(Tables.DIM_DATE, Map.of("date", "DATE '2024-01-01'")),
        insert(Tables.DIM_DATE, Map.of("date", "DATE '2024-01-05'")),
        movement("new", "2024-01-01", 0, 24000, "NULL"),
        movement("churn", "2024-01-05", 24000, 0, "'voluntary'"));
  }

  @Test
  void aSoundTablePassesEverything() {
    assertThat(failures(Tables.FCT_MRR_MOVEMENTS, 2), is(empty()));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
schema          | columns                  | ALTER TABLE movements DROP COLUMN churn_kind
schema          | columns                  | ALTER TABLE movements ALTER arr_minor_after TYPE VARCHAR
schema          | columns                  | ALTER TABLE movements ADD COLUMN guess BIGINT
schema          | columns                  | DROP TABLE movements
not_null        | required columns         | ALTER TABLE movements ALTER arr_minor_change DROP NOT NULL; UPDATE movements SET arr_minor_change = NULL
unique_key      | customer_id, day, movement_type | INSERT INTO movements SELECT * FROM movements LIMIT 1
reference       | customer_key             | UPDATE movements SET customer_key = 2
accepted_values | movement_type            | UPDATE movements SET movement_type = 'renewal' WHERE movement_type = 'churn'
range           | arr_minor_after          | UPDATE movements SET arr_minor_after = -1 WHERE movement_type = 'churn'
condition       | change_is_the_difference | UPDATE movements SET arr_minor_change = 7 WHERE movement_type = 'new'
identity        | first_is_new             | DELETE FROM movements WHERE movement_type = 'new'
identity        | movements_continue       | UPDATE movements SET arr_minor_before = 23000, arr_minor_change = -23000 WHERE movement_type = 'churn'
""")
  void aPlantedDefectIsFound(String rule, String target, String defects) throws SQLException {
    for (String defect : defects.split(";")) {
      execute(defect.replace("movements", "facts.fct_mrr_movements"));
    }
    assertThat(failures(Tables.FCT_MRR_MOVEMENTS, 2), hasItem(rule + " " + target));
  }

  @Test
  void aTableWhoseNewestRowIsTooOldIsStale() throws SQLException {
    LocalDate later = AS_OF.plusDays(3);
    execute(
        insert(
            Tables.MRR_DAILY,
            Map.of("day", "DATE '2024-01-05'", "segment", "'all'", "segment_value", "'all'")));
    assertThat(
        results(AS_OF, Tables.MRR_DAILY, OptionalLong.empty()).stream()
            .filter(result -> !result.getPassed())
            .toList(),
        is(empty()));
    assertThat(
        named(results(later, Tables.MRR_DAILY, OptionalLong.empty())), contains("freshness day"));
  }

  @Test
  void aSubscriptionThatWasFoldedWithoutTheCatalogueIsFound() throws SQLException {
    execute(
        insert(Tables.DIM_PRODUCT, Map.of("product_key", "7")),
        insert(Tables.DIM_PRICE, Map.of("price_key", "70", "product_key", "7")),
        insert(Tables.DIM_SUBSCRIPTION, Map.of("product_key", "7", "price_key", "70")));
    assertThat(failures(Tables.DIM_SUBSCRIPTION, 1), is(empty()));

    execute("UPDATE dimensions.dim_subscription SET product_key = -1");
    assertThat(
        failures(Tables.DIM_SUBSCRIPTION, 1), hasItem("identity plan_is_known_where_its_price_is"));
  }

  @Test
  void aSubscriptionThatNeitherRenewedNorEndedIsFound() throws SQLException {
    execute(
        aSubscription("sub_vanished", "active", "2024-02-01 10:00"),
        aSubscription("sub_ended", "canceled", "2024-02-01 10:00"),
        aSubscription("sub_renewing", "past_due", "2024-03-07 10:00"),
        aSubscription("sub_forever", "active", "9999-12-31 00:00"),
        insert(
            Tables.DIM_SUBSCRIPTION,
            Map.of("subscription_id", "'sub_new'", "_as_of", "DATE '2024-03-10'")));

    assertThat(failures(Tables.DIM_SUBSCRIPTION, 1), hasItem("identity renewed_or_ended"));
    execute("DELETE FROM dimensions.dim_subscription WHERE subscription_id = 'sub_vanished'");
    assertThat(failures(Tables.DIM_SUBSCRIPTION, 1), not(hasItem("identity renewed_or_ended")));
  }

  @Test
  void aRefundThatNamesNoChargeIsFound() throws SQLException {
    execute(aRefund("re_failed", "failed", "NULL"), aRefund("re_usual", "succeeded", "'ch_1'"));
    assertThat(failures(Tables.FCT_REFUNDS, 1), not(hasItem("identity refund_names_its_charge")));

    execute(aRefund("re_lost", "succeeded", "NULL"));
    assertThat(failures(Tables.FCT_REFUNDS, 1), hasItem("identity refund_names_its_charge"));
  }

  private static String aRefund(String id, String status, String charge) {
    return insert(
        Tables.FCT_REFUNDS,
        Map.of("refund_id", "'" + id + "'", "status", "'" + status + "'", "charge_id", charge));
  }

  private static String aSubscription(String id, String status, String periodEnds) {
    return insert(
        Tables.DIM_SUBSCRIPTION,
        Map.of(
            "subscription_id", "'" + id + "'",
            "subscription_key", String.valueOf(id.hashCode()),
            "status", "'" + status + "'",
            "current_period_ends_at", "TIMESTAMP '" + periodEnds + "'"));
  }

  @Test
  void refundsAreComparedWithWhatTheChargeSaysWasGivenBack() throws SQLException {
    execute(
        insert(
            Tables.CHARGES,
            Map.of(
                "id", "'ch_1'",
                "amount", "100",
                "amount_captured", "80",
                "captured", "true",
                "amount_refunded", "50",
                "billing_details", "{'email': NULL}")));
    // Nobody can tell a refund that is missing from a source that delivers none.
    assertThat(refundsOfTheCharge(), is("warn false, not delivered: raw.refunds has no rows"));

    execute(insert(Tables.REFUNDS, Map.of("id", "'re_1'", "charge", "'ch_1'", "amount", "10")));
    assertThat(refundsOfTheCharge(), is("warn false"));

    execute(
        insert(
            Tables.REFUNDS,
            Map.of("id", "'re_2'", "charge", "'ch_1'", "amount", "90", "status", "'failed'")),
        insert(Tables.REFUNDS, Map.of("id", "'re_3'", "charge", "'ch_1'", "amount", "20")));
    assertThat(refundsOfTheCharge(), is("warn true"));
  }

  private String refundsOfTheCharge() {
    return results(AS_OF, Tables.CHARGES, OptionalLong.empty()).stream()
        .filter(result -> result.getTarget().equals("refunds_are_those_of_the_charge"))
        .map(
            result ->
                result.getSeverity()
                    + " "
                    + result.getPassed()
                    + result.getDescription().replaceFirst("[^;]*(; )?", "$1").replace(";", ","))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aReferenceToWhatWasNotDeliveredIsNoError() throws SQLException {
    execute(insert(Tables.REFUNDS, Map.of("charge", "'ch_gone'")));
    assertThat(severities(Tables.REFUNDS), contains("warn charge"));

    execute(insert(Tables.CHARGES, Map.of("id", "'ch_1'", "billing_details", "{'email': NULL}")));
    assertThat(severities(Tables.REFUNDS), contains("error charge"));
  }

  private List<String> severities(WarehouseTable<?> table) {
    return results(AS_OF, table, OptionalLong.empty()).stream()
        .filter(result -> !result.getPassed() && result.getRule().equals("reference"))
        .map(result -> result.getSeverity() + " " + result.getTarget())
        .toList();
  }

  @Test
  void anInvoiceThatBillsOtherThanItsSubscriptionCountsIsFound() throws SQLException {
    execute(
        insert(
            Tables.INVOICE_SETTLEMENTS,
            Map.of("billed_arr_minor", "36000", "subscribed_arr_minor", "300000")));

    assertThat(
        failures(Tables.INVOICE_SETTLEMENTS, 1), hasItem("condition bills_what_counts_as_mrr"));
  }

  @Test
  void anAttemptOfWhichNoChargeIsKnownIsFound() throws SQLException {
    execute(insert(Tables.INVOICE_SETTLEMENTS, Map.of("attempts", "2")));

    assertThat(failures(Tables.INVOICE_SETTLEMENTS, 1), hasItem("identity attempts_have_charges"));
  }

  @Test
  void aListThatLacksElementsIsNamedWithTheirNumber() throws SQLException {
    execute(
        insert(Tables.SUBSCRIPTIONS, Map.of("id", "'sub_whole'")),
        insert(Tables.SUBSCRIPTIONS, Map.of("id", "'sub_of_12'", "_missing_parts", "2")));

    QualityResult found =
        results(AS_OF, Tables.SUBSCRIPTIONS, OptionalLong.empty()).stream()
            .filter(result -> result.getTarget().equals("lists_are_whole"))
            .findFirst()
            .orElseThrow();

    assertThat(found.getSeverity(), is("warn"));
    assertThat(found.getSampleKeys(), contains("id=sub_of_12 since=2024-01-05 missing=2"));
  }

  @Test
  void anEventOfACustomerWithoutItsVersionIsFound() throws SQLException {
    execute(insert(Tables.EVENTS, Map.of("object_type", "'customer'", "object_id", "'cus_gone'")));

    assertThat(failures(Tables.EVENTS, 1), hasItem("identity customers_of_events_have_versions"));
  }

  @ParameterizedTest
  @CsvSource({"2, true", "4, true", "6, false", "0, true"})
  void aNumberOfRowsFarFromTheUsualIsFound(long usual, boolean passes) {
    assertThat(failures(Tables.FCT_MRR_MOVEMENTS, usual).isEmpty(), is(passes));
  }

  @Test
  void aFailureNamesItsRowsAndHowToFindThem() throws SQLException {
    execute("UPDATE facts.fct_mrr_movements SET arr_minor_change = 7 WHERE movement_type = 'new'");

    QualityResult failure =
        results(AS_OF, Tables.FCT_MRR_MOVEMENTS, OptionalLong.empty()).stream()
            .filter(result -> result.getTarget().equals("change_is_the_difference"))
            .findFirst()
            .orElseThrow();

    assertThat(failure.getFailingCount(), is(1L));
    assertThat(failure.getRowCount(), is(2L));
    assertThat(failure.getSeverity(), is("error"));
    assertThat(
        failure.getSampleKeys(), contains("customer_id=cus_1 day=2024-01-01 movement_type=new"));
    assertThat(warehouse.query(failure.getFailingSql()).rows().size(), is(1));
  }

  private List<String> failures(WarehouseTable<?> table, long usualRows) {
    return named(results(AS_OF, table, OptionalLong.of(usualRows)));
  }

  /** Asked as a run asks, with the file open. */
  private List<QualityResult> results(LocalDate asOf, WarehouseTable<?> table, OptionalLong usual) {
    try (Warehouse.Hold unused = warehouse.holdOpen()) {
      return new TableTests(warehouse, asOf).run(table, usual);
    }
  }

  private static List<String> named(List<QualityResult> results) {
    return results.stream()
        .filter(result -> !result.getPassed())
        .map(result -> result.getRule() + " " + result.getTarget())
        .toList();
  }

  private static String movement(
      String type, String day, long before, long after, String churnKind) {
    return insert(
        Tables.FCT_MRR_MOVEMENTS,
        Map.of(
            "customer_key",
            "1",
            "customer_id",
            "'cus_1'",
            "day",
            "DATE '" + day + "'",
            "movement_type",
            "'" + type + "'",
            "arr_minor_before",
            Long.toString(before),
            "arr_minor_after",
            Long.toString(after),
            "arr_minor_change",
            Long.toString(after - before),
            "churn_kind",
            churnKind));
  }

  /** A row with these values; other required columns get something of their type. */
  private static String insert(WarehouseTable<?> table, Map<String, String> values) {
    Map<String, String> row = new TreeMap<>();
    for (TableFieldSchema column : table.contract().columns()) {
      if (values.containsKey(column.getName())) {
        continue;
      }
      if (column.getMode().equals("REQUIRED")) {
        row.put(column.getName(), something(column.getType()));
      } else if (column.getMode().equals("REPEATED")) {
        row.put(column.getName(), "[]");
      }
    }
    row.putAll(values);
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(table.name(), String.join(", ", row.keySet()), String.join(", ", row.values()));
  }

  private static String something(String type) {
    return switch (type) {
      case "INTEGER", "NUMERIC" -> "0";
      case "BOOLEAN" -> "false";
      case "STRING" -> "'r'";
      case "DATE" -> "DATE '2024-01-05'";
      case "TIMESTAMP" -> "TIMESTAMP '2024-01-05'";
      default -> throw new IllegalArgumentException(type);
    };
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse.path());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
