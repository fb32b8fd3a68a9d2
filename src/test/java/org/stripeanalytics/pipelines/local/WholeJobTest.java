package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.Sets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** The whole main job, as {@code run-local} runs it, on a small account. */
class WholeJobTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  private static final Map<DuckDbWarehouse, List<TableChecksum>> CHECKSUMS = new HashMap<>();

  @TempDir static Path folder;
  private static DuckDbWarehouse byFlink;
  private static DuckDbWarehouse byDirectRunner;
  private static DuckDbWarehouse inMemory;

  @BeforeAll
  static void runOnAllEngines() {
    byFlink = run("flink.duckdb", "--runner=FlinkRunner");
    byDirectRunner = run("direct.duckdb", "--runner=DirectRunner");
    inMemory = run("memory.duckdb");
  }

  @Test
  void allEnginesGiveTheSameTables() {
    assertSame(checksums(byFlink), checksums(byDirectRunner));
    assertSame(checksums(byFlink), checksums(inMemory));
  }

  @Test
  void aSmallAccountIsMadeInMemoryUnlessARunnerIsNamed() {
    assertThat(runners(inMemory), contains("InMemoryRunner"));
    assertThat(runners(byFlink), contains("FlinkRunner"));
  }

  @Test
  void everyLayerHasRows() {
    Set<String> filled =
        Set.copyOf(
            checksums(byFlink).stream()
                .filter(table -> table.rows() > 0)
                .map(TableChecksum::table)
                .toList());
    assertThat(
        filled,
        allOf(
            hasItem("raw.invoices"),
            hasItem("seeds.geography"),
            hasItem("intermediate.subscription_spells"),
            hasItem("dimensions.dim_customer"),
            hasItem("facts.fct_mrr_movements"),
            hasItem("marts.mrr_daily"),
            hasItem("marts.mrr_monthly")));
  }

  @Test
  void runningAgainGivesTheSameTables() {
    DuckDbWarehouse again = run("again.duckdb");
    assertSame(checksums(again), checksums(inMemory));
  }

  @Test
  void anotherSeedIsAnotherAccount() {
    List<TableChecksum> sums = checksums(byFlink);
    DuckDbWarehouse otherSeed =
        LocalRuns.run(
            "synthesize",
            folder.resolve("other.duckdb"),
            "--customers=150",
            "--seed=8",
            "--start=2025-02-01",
            "--end=2025-05-01");
    assertThat(
        "raw tables that another seed changes",
        checksums(otherSeed).stream()
            .filter(table -> table.table().startsWith("raw."))
            .filter(table -> !sums.contains(table))
            .count(),
        is(greaterThan(5L)));
  }

  private static DuckDbWarehouse run(String name, String... more) {
    Path file = folder.resolve(name);
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(screen, true, StandardCharsets.UTF_8);
    List<String> args =
        new ArrayList<>(
            List.of(
                "run-local",
                "--customers=150",
                "--start=2025-02-01",
                "--end=2025-05-01",
                "--warehouse=" + file,
                "--report=" + folder.resolve("report")));
    args.addAll(List.of(more));
    int status = new Main(new Terminal(print, print, false), CLOCK).run(args);
    assertThat(screen.toString(StandardCharsets.UTF_8), status, is(0));
    return DuckDbWarehouse.openReadOnly(file);
  }

  private static List<Object> runners(DuckDbWarehouse warehouse) {
    return warehouse.query("SELECT DISTINCT runner FROM ops.run_log").rows().stream()
        .map(row -> row.get(0))
        .toList();
  }

  /** Names only the tables that differ. */
  private static void assertSame(List<TableChecksum> some, List<TableChecksum> others) {
    assertThat(Sets.symmetricDifference(Set.copyOf(some), Set.copyOf(others)), is(empty()));
  }

  /** Asked once of each: nothing changes a warehouse after its run. */
  private static List<TableChecksum> checksums(DuckDbWarehouse warehouse) {
    return CHECKSUMS.computeIfAbsent(warehouse, finished -> finished.checksums(Set.of()));
  }
}
