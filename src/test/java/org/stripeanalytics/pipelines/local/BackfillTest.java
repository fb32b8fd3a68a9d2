package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * The orchestrator of one machine on whole pipelines: a run of all days, and the same in months.
 */
class BackfillTest {
  private static final String[] ACCOUNT = {
    "--customers=400",
    "--start=2024-01-01",
    "--end=2024-03-01",
    // What other sources know is simulated for whole histories only.
    "--sources=none",
    "--runner=InMemoryRunner"
  };

  @TempDir static Path folder;
  private static List<TableChecksum> atOnce;

  @BeforeAll
  static void runAtOnce() {
    atOnce = checksums(run("at-once.duckdb", ACCOUNT));
  }

  @Test
  void monthByMonthGivesTheSameTablesAsAtOnce() {
    DuckDbWarehouse warehouse =
        run("months.duckdb", with("--from=2024-01-01", "--to=2024-03-01", "--parallelTasks=2"));

    assertThat(checksums(warehouse), is(atOnce));
    assertThat(Files.exists(RunState.beside(folder.resolve("months.duckdb"))), is(false));
  }

  @Test
  void aRunThatFailedGoesOnWithTheTaskThatFailed() {
    Path file = folder.resolve("resumed.duckdb");
    run("resumed.duckdb", with("--from=2024-01-01", "--to=2024-02-01", "--runId=failed-run"));
    // As a run leaves it whose second month has failed.
    new RunState(
            List.of(
                with(
                    "--warehouse=" + file,
                    "--report=" + folder,
                    "--from=2024-01-01",
                    "--to=2024-03-01")),
            "failed-run",
            "2026-01-01T00:00:00Z",
            List.of("synthesize 2024-01-01/2024-02-01", "transform 2024-01-01/2024-02-01"))
        .write(file);

    String said = LocalRuns.saying("run-local", file, "--resume");

    assertThat(said, containsString("synthesize 2024-02-01/2024-03-01"));
    assertThat(said, not(containsString("2024-01-01/2024-02-01 ")));
    assertThat(checksums(DuckDbWarehouse.openReadOnly(file)), is(atOnce));
    assertThat(Files.exists(RunState.beside(file)), is(false));
  }

  @Test
  void whereNoRunHasFailedNothingIsResumed() {
    assertThat(
        LocalRuns.failing("run-local", folder.resolve("at-once.duckdb"), "--resume"),
        containsString("has failed on the way; start one anew"));
  }

  @Test
  void aDryRunNamesTablesPartitionsAndRowsAndChangesNothing() {
    Path file = folder.resolve("at-once.duckdb");

    String said =
        LocalRuns.saying("transform", file, "--from=2024-02-01", "--to=2024-03-01", "--dryRun");

    assertThat(said, containsString("transform was built and not run"));
    assertThat(
        said.lines().filter(line -> line.contains(" raw.invoices ")).findFirst().orElseThrow(),
        containsString("_snapshot_date 2024-02-01 to 2024-03-01 (not included)"));
    assertThat(
        said.lines().filter(line -> line.contains(".object_owners ")).findFirst().orElseThrow(),
        containsString("created_on before 2024-02-01"));
    assertThat(said, containsString("  writes marts.mrr_monthly "));
    assertThat(checksums(DuckDbWarehouse.openReadOnly(file)), is(atOnce));
  }

  @Test
  void aDryRunOfAWarehouseThatIsNotThereMakesNone() {
    Path file = folder.resolve("none.duckdb");

    String said = LocalRuns.saying("synthesize", file, "--dryRun", "--customers=5");

    assertThat(said, containsString("? rows  replaces _snapshot_date"));
    assertThat(Files.exists(file), is(false));
  }

  private static String[] with(String... more) {
    List<String> all = new ArrayList<>(List.of(ACCOUNT));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static DuckDbWarehouse run(String name, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--report=" + folder);
    return LocalRuns.run("run-local", folder.resolve(name), all.toArray(String[]::new));
  }

  private static List<TableChecksum> checksums(DuckDbWarehouse warehouse) {
    return warehouse.checksums(Set.of());
  }
}
