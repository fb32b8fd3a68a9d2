package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

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
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.TableChecksum;

/** Runs over consecutive intervals leave the tables that one run over all of them leaves. */
class ConsecutiveRunsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  private static final Set<String> FOLDED = Set.of("intermediate", "dimensions", "facts");

  @TempDir static Path folder;
  private static Path raw;
  private static List<TableChecksum> atOnce;

  @BeforeAll
  static void transformAtOnce() throws IOException {
    raw = folder.resolve("account.duckdb");
    run(
        is(0),
        "synthesize",
        "--customers=60",
        "--start=2024-01-01",
        "--end=2025-07-01",
        "--warehouse=" + raw);
    Path file = copy("at-once.duckdb");
    transform(file, "FlinkRunner", "2024-01-01", "2025-07-01");
    atOnce = checksums(file);
  }

  @ParameterizedTest
  @CsvSource({"FlinkRunner,2024-11-15", "DirectRunner,2025-03-01"})
  void twoIntervalsGiveWhatOneGives(String runner, String split) throws IOException {
    Path file = copy(runner + ".duckdb");

    transform(file, runner, "2024-01-01", split);
    transform(file, runner, split, "2025-07-01");

    assertThat(checksums(file), is(atOnce));
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
    Path file = copy("gap.duckdb");
    transform(file, "FlinkRunner", "2024-01-01", "2024-06-01");
    List<TableChecksum> before = checksums(file);

    String said =
        run(
            is(1),
            "transform",
            "--runner=FlinkRunner",
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

  private static void transform(Path file, String runner, String from, String to) {
    run(
        is(0),
        "transform",
        "--runner=" + runner,
        "--from=" + from,
        "--to=" + to,
        "--warehouse=" + file);
  }

  private static Path copy(String name) throws IOException {
    return Files.copy(raw, folder.resolve(name));
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
