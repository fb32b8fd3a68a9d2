package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** Runs over consecutive intervals leave the tables that one run over all of them leaves. */
class ConsecutiveRunsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  /** Starts quickest; what the other one gives has a test of its own. */
  private static final List<String> SMALL_ENGINE = List.of("--runner=InMemoryRunner");

  private static final Set<String> FOLDED = Set.of("intermediate", "dimensions", "facts", "marts");

  @TempDir static Path folder;
  private static Path raw;
  private static List<TableChecksum> atOnce;

  @BeforeAll
  static void transformAtOnce() throws IOException {
    raw = folder.resolve("account.duckdb");
    run(
        is(0),
        "synthesize",
        "--runner=InMemoryRunner",
        "--customers=150",
        "--start=2024-01-01",
        "--end=2025-04-01",
        "--warehouse=" + raw);
    Path file = copy(raw, "at-once.duckdb");
    transform(file, "2024-01-01", "2025-04-01");
    atOnce = checksums(file);
  }

  @Test
  void intervalsOneAfterTheOtherGiveWhatOneRunOverAllOfThemGives() throws IOException {
    Path file = copy(raw, "intervals.duckdb");

    transform(file, "2024-01-01", "2024-06-01");
    transform(file, "2024-06-01", "2024-11-15");
    transform(file, "2024-11-15", "2025-04-01");

    assertThat(checksums(file), is(atOnce));
  }

  @Test
  void theOtherRunnerGivesTheSameFromTwoIntervals() throws IOException {
    Path file = copy(raw, "by-flink.duckdb");

    transform(file, "2024-01-01", "2024-09-01", List.of("--runner=FlinkRunner"));
    transform(file, "2024-09-01", "2025-04-01", List.of("--runner=FlinkRunner"));

    assertThat(checksums(file), is(atOnce));
  }

  @Test
  void runningAgainFromAnywhereChangesNothing() throws IOException {
    Path file = copy(folder.resolve("at-once.duckdb"), "again.duckdb");

    transform(file, "2024-09-20", "2025-04-01");

    assertThat(checksums(file), is(atOnce));
  }

  @Test
  void aRefundOfLastMonthThatArrivesTodayIsNamedAndPickedUpByRunningAgainFromThere()
      throws IOException {
    Path file = copy(folder.resolve("at-once.duckdb"), "late.duckdb");
    Path afresh = copy(raw, "afresh.duckdb");
    for (Path warehouse : List.of(file, afresh)) {
      ingestRefund(warehouse, "2025-02-10T12:00:00Z", "2025-03-20");
    }
    transform(afresh, "2024-01-01", "2025-04-01");

    String said = transform(file, "2025-03-01", "2025-04-01");
    assertThat(
        said,
        containsString(
            "1 changes of [2025-03-01, 2025-04-01) take effect before it, the earliest on"
                + " 2025-02-10 (raw.refunds re_late); rerun --from=2025-02-01"));
    assertThat(checksums(file), is(not(checksums(afresh))));

    transform(file, "2025-02-01", "2025-04-01");
    assertThat(checksums(file), is(checksums(afresh)));
  }

  /** A refund of one cent of the account's first payment. */
  private static void ingestRefund(Path warehouse, String created, String seenOn)
      throws IOException {
    List<Object> charge =
        DuckDbWarehouse.openReadOnly(warehouse)
            .query(
                "SELECT id, payment_intent, currency FROM raw.charges"
                    + " WHERE status = 'succeeded' ORDER BY created, id LIMIT 1")
            .rows()
            .get(0);
    Path json = folder.resolve("refund.json");
    Files.writeString(
        json,
        """
        {"id":"re_late","object":"refund","amount":1,"charge":"%s","payment_intent":"%s",
         "currency":"%s","created":%d,"status":"succeeded","metadata":{}}
        """
            .formatted(
                charge.get(0),
                charge.get(1),
                charge.get(2),
                Instant.parse(created).getEpochSecond()));
    run(
        is(0),
        "ingest",
        "--runner=InMemoryRunner",
        "--input=" + json,
        "--extractedOn=" + seenOn,
        "--warehouse=" + warehouse);
  }

  @ParameterizedTest
  @CsvSource({
    "facts.fct_mrr_movements,customer_key,dim_customer",
    "facts.fct_customer_months,customer_key,dim_customer",
    "facts.fct_subscription_events,customer_key,dim_customer",
    "facts.fct_subscription_events,subscription_key,dim_subscription",
    "facts.fct_invoices,customer_key,dim_customer",
    "facts.fct_invoices,subscription_key,dim_subscription",
    "facts.fct_payments,customer_key,dim_customer",
    "facts.fct_payments,subscription_key,dim_subscription",
    "facts.fct_refunds,customer_key,dim_customer",
    "facts.fct_disputes,customer_key,dim_customer",
    "facts.fct_balance_transactions,customer_key,dim_customer",
    "facts.fct_marketing_spend,channel_key,dim_channel",
    "dimensions.dim_customer,geography_key,dim_geography",
    "dimensions.dim_customer,channel_key,dim_channel",
    "dimensions.dim_subscription,price_key,dim_price",
    "dimensions.dim_subscription,product_key,dim_product",
    "dimensions.dim_price,product_key,dim_product"
  })
  void everySurrogateKeyExists(String table, String key, String dimension) {
    assertThat(
        DuckDbWarehouse.openReadOnly(folder.resolve("at-once.duckdb"))
            .query(
                "SELECT count(*) FROM %s WHERE %s NOT IN (SELECT %s FROM dimensions.%s)"
                    .formatted(table, key, key, dimension))
            .rows()
            .get(0)
            .get(0),
        is((Object) 0L));
  }

  @Test
  void anIntervalWithoutAStateBeforeItIsRefusedAndTheGapNamed() throws IOException {
    Path file = copy(raw, "gap.duckdb");
    transform(file, "2024-01-01", "2024-06-01");
    List<TableChecksum> before = checksums(file);

    String said =
        run(
            is(1),
            "transform",
            "--runner=InMemoryRunner",
            "--from=2024-09-01",
            "--to=2024-10-01",
            "--warehouse=" + file);

    assertThat(
        said,
        containsString(
            "the months from 2024-06-01 to 2024-08-01 were never transformed;"
                + " run transform --from=2024-06-01"));
    assertThat(checksums(file), is(before));
  }

  /** Returns what was said on standard error, where warnings go. */
  private static String transform(Path file, String from, String to) {
    return transform(file, from, to, SMALL_ENGINE);
  }

  private static String transform(Path file, String from, String to, List<String> engine) {
    PrintStream standardError = System.err;
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
    try {
      List<String> args = new ArrayList<>(List.of("transform", "--from=" + from, "--to=" + to));
      args.add("--warehouse=" + file);
      args.addAll(engine);
      run(is(0), args.toArray(String[]::new));
    } finally {
      System.setErr(standardError);
    }
    return warnings.toString(StandardCharsets.UTF_8);
  }

  private static Path copy(Path given, String name) throws IOException {
    return Files.copy(given, folder.resolve(name));
  }

  private static String run(Matcher<Integer> status, String... args) {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(screen, true, StandardCharsets.UTF_8);
    int given =
        new Main(new Terminal(print, print, false), CLOCK).run(new ArrayList<>(List.of(args)));
    String said = screen.toString(StandardCharsets.UTF_8);
    assertThat(said, given, status);
    return said;
  }

  private static List<TableChecksum> checksums(Path file) {
    List<TableChecksum> checksums =
        DuckDbWarehouse.openReadOnly(file).checksums(Set.of()).stream()
            .filter(table -> FOLDED.stream().anyMatch(table.table()::startsWith))
            .toList();
    assertThat(
        checksums.stream().map(TableChecksum::table).toList(),
        hasItem("intermediate.customer_state"));
    return checksums;
  }
}
