package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.RunLogEntry;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.GoogleAdsAccountHistory;
import org.stripeanalytics.model.raw.Price;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

class PendingChangesTest {
  private static final Instant FIRST_INGESTION = Instant.parse("2026-02-10T08:00:00Z");
  private static final Instant SECOND_INGESTION = Instant.parse("2026-02-10T09:00:00Z");

  @TempDir private static Path shared;
  private static Path empty;

  @TempDir private Path folder;
  private DuckDbWarehouse warehouse;

  @BeforeAll
  static void makeTables() {
    empty = shared.resolve("empty.duckdb");
    open(empty).createTables();
  }

  @BeforeEach
  void anEmptyWarehouse() throws IOException {
    warehouse = open(Files.copy(empty, folder.resolve("stripe.duckdb")));
  }

  private static DuckDbWarehouse open(Path file) {
    return DuckDbWarehouse.open(file, ZoneOffset.UTC, Clock.fixed(FIRST_INGESTION, ZoneOffset.UTC));
  }

  @Test
  void theFirstTransformBeginsWithTheOldestCustomerWhateverTheCatalogueIsOldFor() {
    ingested(FIRST_INGESTION, Tables.CUSTOMERS, customer("cus_1", "2024-03-15", "2026-02-10"));
    ingested(FIRST_INGESTION, Tables.PRODUCTS, product("Basic", "2019-01-01", "2026-02-10"));

    assertThat(pending(), is("2 objects: 2024-03-01 to 2026-02-11"));
  }

  @Test
  void nothingIsPendingAfterATransform() {
    ingested(FIRST_INGESTION, Tables.CUSTOMERS, customer("cus_1", "2024-03-15", "2026-02-10"));
    transformed("2024-03-01", "2026-02-11");

    assertThat(pending(), is("nothing"));
  }

  @Test
  void anObjectThatIsKnownCountsFromTheDayOfItsChange() {
    ingested(FIRST_INGESTION, Tables.CUSTOMERS, customer("cus_1", "2024-03-15", "2026-02-10"));
    transformed("2024-03-01", "2026-02-11");
    ingested(SECOND_INGESTION, Tables.CUSTOMERS, customer("cus_1", "2024-03-15", "2026-02-12"));

    assertThat(pending(), is("1 objects: 2026-02-01 to 2026-02-13"));
  }

  @Test
  void anObjectThatWasNotKnownCountsFromItsCreation() {
    ingested(FIRST_INGESTION, Tables.CUSTOMERS, customer("cus_1", "2024-03-15", "2026-02-10"));
    transformed("2024-03-01", "2026-02-11");
    ingested(SECOND_INGESTION, Tables.CUSTOMERS, customer("cus_2", "2025-07-04", "2026-02-10"));

    assertThat(pending(), is("1 objects: 2025-07-01 to 2026-02-11"));
  }

  @Test
  void aRenamedProductCountsFromItsCreationAsFarAsHistoryWasFolded() {
    ingested(FIRST_INGESTION, Tables.PRODUCTS, product("Basic", "2019-01-01", "2026-02-09"));
    transformed("2024-03-01", "2026-02-11");
    ingested(SECOND_INGESTION, Tables.PRODUCTS, product("Starter", "2019-01-01", "2026-02-10"));

    assertThat(pending(), is("1 objects: 2024-03-01 to 2026-02-11"));
  }

  @Test
  void aProductThatChangedInNothingThatCountsIsNoReasonToGoBack() {
    ingested(FIRST_INGESTION, Tables.PRODUCTS, product("Basic", "2019-01-01", "2026-02-09"));
    transformed("2024-03-01", "2026-02-11");
    ingested(SECOND_INGESTION, Tables.PRODUCTS, product("Basic", "2019-01-01", "2026-02-10"));

    assertThat(pending(), is("1 objects: 2026-02-01 to 2026-02-11"));
  }

  @Test
  void aPriceInsideOfAnotherObjectIsNothingNew() {
    transformed("2024-03-01", "2026-02-11");
    ingested(SECOND_INGESTION, Tables.PRICES, nestedPrice("2024-03-01"));

    assertThat(pending(), is("nothing"));
  }

  @Test
  void anAdAccountThatWasNotKnownCountsAsFarAsHistoryWasFolded() {
    transformed("2024-03-01", "2026-02-11");
    ingested(SECOND_INGESTION, Tables.GOOGLE_ADS_ACCOUNT_HISTORY, adAccount("2026-02-10"));

    assertThat(pending(), is("1 objects: 2024-03-01 to 2026-02-11"));
  }

  @Test
  void anAdAccountThatIsKnownCountsFromTheDayOfItsChange() {
    ingested(FIRST_INGESTION, Tables.GOOGLE_ADS_ACCOUNT_HISTORY, adAccount("2026-02-09"));
    transformed("2024-03-01", "2026-02-11");
    ingested(SECOND_INGESTION, Tables.GOOGLE_ADS_ACCOUNT_HISTORY, adAccount("2026-02-10"));

    assertThat(pending(), is("1 objects: 2026-02-01 to 2026-02-11"));
  }

  @Test
  void aMonthThatWasNotOverWhenItWasTransformedIsTransformedAgain() {
    transformed("2024-03-01", "2026-01-20");
    ingested(SECOND_INGESTION, Tables.CUSTOMERS, customer("cus_1", "2026-02-10", "2026-02-10"));

    assertThat(pending(), is("1 objects: 2026-01-01 to 2026-02-11"));
  }

  private String pending() {
    Optional<PendingChanges> pending = PendingChanges.in(warehouse);
    return pending
        .map(found -> found.summary() + ": " + found.days().from() + " to " + found.days().to())
        .orElse("nothing");
  }

  private <T> void ingested(Instant at, WarehouseTable<T> table, T row) {
    warehouse.append(table, List.of(row), "ingestion", at);
  }

  /** Half an hour after the first ingestion, and before the second. */
  private void transformed(String from, String to) {
    Instant at = FIRST_INGESTION.plusSeconds(1800);
    warehouse.append(
        Tables.RUN_LOG,
        List.of(
            RunLogEntry.builder()
                .setPipeline("transform")
                .setTableName("marts.mrr_daily")
                .setOutcome("succeeded")
                .setIntervalFrom(LocalDate.parse(from))
                .setIntervalTo(LocalDate.parse(to))
                .setAsOf(LocalDate.parse(to))
                .setOptions("{}")
                .setCodeVersion("1")
                .setRunner("InMemoryRunner")
                .setStartedAt(at)
                .setFinishedAt(at)
                .setSeconds(BigDecimal.ONE)
                .setRowsIn(1)
                .setRowsLoaded(1)
                .setRowsSuperseded(0)
                .setRowsRejected(0)
                .setBytesLoaded(1)
                .build()),
        "transform",
        at);
  }

  private static Customer customer(String id, String created, String seen) {
    return Customer.builder()
        .setId(id)
        .setCreated(noon(created))
        .setBalance(0)
        .setLivemode(true)
        .setSnapshotDate(LocalDate.parse(seen))
        .setChangedAt(noon(seen))
        .setSource("stripe_api")
        .setPayload("{}")
        .build();
  }

  private static GoogleAdsAccountHistory adAccount(String seen) {
    return GoogleAdsAccountHistory.builder()
        .setId("123")
        .setCurrencyCode("eur")
        .setTimeZone("Europe/Berlin")
        .setSnapshotDate(LocalDate.parse(seen))
        .setChangedAt(noon(seen))
        .setSource("json")
        .setPayload("{}")
        .build();
  }

  private static Product product(String name, String created, String seen) {
    return Product.builder()
        .setId("prod_1")
        .setCreated(noon(created))
        .setUpdated(noon(seen))
        .setActive(true)
        .setName(name)
        .setType("service")
        .setLivemode(true)
        .setSnapshotDate(LocalDate.parse(seen))
        .setChangedAt(noon(seen))
        .setSource("stripe_api")
        .setPayload("{}")
        .build();
  }

  private static Price nestedPrice(String created) {
    return Price.builder()
        .setId("price_1")
        .setCreated(noon(created))
        .setActive(true)
        .setCurrency("usd")
        .setProduct("prod_1")
        .setType("recurring")
        .setBillingScheme("per_unit")
        .setLivemode(true)
        .setSnapshotDate(LocalDate.parse(created))
        .setChangedAt(noon(created))
        .setSource("webhook")
        .build();
  }

  private static Instant noon(String day) {
    return LocalDate.parse(day).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
  }
}
