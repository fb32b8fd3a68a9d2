package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * Invariant 4: the same account is the same bytes, whoever computes it, in however many parts and
 * up to whatever end. Dumps are the sorted lines of the JSON files, events included.
 */
class DeterminismTest {
  private static final long CUSTOMERS = 220;
  private static final SimulatedAccount ACCOUNT = Simulations.account(9, CUSTOMERS);
  private static final DataInterval ALL = DataInterval.of(Simulations.START, Simulations.END);

  @TempDir private static Path directory;
  private static List<String> dump;

  @BeforeAll
  static void writeOnce() {
    dump = dump("direct", ACCOUNT, ALL, direct(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 16})
  void theNumberOfShardsDoesNotMatter(int shards) {
    assertThat(dump("direct" + shards, ACCOUNT, ALL, direct(shards)).equals(dump), is(true));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theRunnerDoesNotMatter(int parallelism) {
    assertThat(
        dump("flink" + parallelism, ACCOUNT, ALL, flink(parallelism)).equals(dump), is(true));
  }

  @Test
  void anotherSeedIsAnotherAccount() {
    List<String> other = dump("other", Simulations.account(10, CUSTOMERS), ALL, direct(2));

    assertThat(
        other.stream().filter(Set.copyOf(dump)::contains).filter(l -> l.contains("cus_")).toList(),
        hasSize(0));
  }

  @Test
  void aLaterEndOnlyAddsRows() {
    LocalDate end = LocalDate.of(2023, 5, 1);
    List<List<Object>> earlier = versions("may", ACCOUNT.until(end));
    List<List<Object>> later = versions("june", ACCOUNT.until(end.plusMonths(1)));

    assertThat(later.size(), greaterThan(earlier.size()));
    assertThat(before(end, later), equalTo(earlier));
  }

  @Test
  void aMonthAloneIsThatMonthOfTheWholeHistory() {
    DataInterval march = DataInterval.of(LocalDate.of(2024, 3, 1), LocalDate.of(2024, 4, 1));
    DuckDbWarehouse whole = tables("whole", ACCOUNT, ALL);
    DuckDbWarehouse month = tables("month", ACCOUNT, march);

    for (String table : RAW_TABLES) {
      String columns = "SELECT * EXCLUDE (_ingested_at, _run_id) FROM raw." + table;
      List<List<Object>> expected =
          whole
              .query(
                  columns
                      + " WHERE _snapshot_date >= DATE '2024-03-01'"
                      + " AND _snapshot_date < DATE '2024-04-01' ORDER BY ALL")
              .rows();
      assertThat(table, month.query(columns + " ORDER BY ALL").rows().equals(expected), is(true));
    }
    assertThat(month.query("SELECT count(*) FROM raw.events").value(), is(not(0L)));
  }

  private static final List<String> RAW_TABLES =
      List.of(
          "products",
          "prices",
          "coupons",
          "discounts",
          "customers",
          "payment_methods",
          "subscriptions",
          "invoices",
          "invoice_payments",
          "payment_intents",
          "charges",
          "refunds",
          "disputes",
          "balance_transactions",
          "payouts",
          "events",
          "marketing_spend");

  /** Key, day and content hash of every row of the raw tables. */
  private static List<List<Object>> versions(String name, SimulatedAccount account) {
    DuckDbWarehouse tables = tables(name, account, DataInterval.of(account.start(), account.end()));
    List<List<Object>> versions = new ArrayList<>();
    for (String table : RAW_TABLES) {
      versions.addAll(
          tables
              .query(
                  "SELECT '"
                      + table
                      + "', _snapshot_date, md5((r)::VARCHAR) FROM"
                      + " (SELECT * EXCLUDE (_ingested_at, _run_id) FROM raw."
                      + table
                      + ") AS r ORDER BY ALL")
              .rows());
    }
    return versions;
  }

  private static List<List<Object>> before(LocalDate end, List<List<Object>> versions) {
    return versions.stream().filter(row -> ((LocalDate) row.get(1)).isBefore(end)).toList();
  }

  private static DuckDbWarehouse tables(
      String name, SimulatedAccount account, DataInterval interval) {
    return GeneratedTables.of(account, interval, directory.resolve(name + ".duckdb"), direct(2));
  }

  private static List<String> dump(
      String name, SimulatedAccount account, DataInterval interval, PipelineOptions options) {
    Path target = directory.resolve(name);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(
        "WriteObjects",
        WriteObjects.to(target.toString(), account, interval, true).withEvents(Faults.NONE));
    pipeline.run().waitUntilFinish();
    try (Stream<Path> files = Files.walk(target)) {
      return files.filter(Files::isRegularFile).flatMap(DeterminismTest::lines).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PipelineOptions direct(int parallelism) {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setTargetParallelism(parallelism);
    return options;
  }

  private static PipelineOptions flink(int parallelism) {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[local]");
    options.setParallelism(parallelism);
    return options;
  }
}
