package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * A transform in mode {@code open}, between two in mode {@code all}: an account whose March is
 * published up to the 10th, goes on to the 20th, and is brought up to date at the end.
 */
class OpenMonthTest {
  /** What a month that is not over has no part in, or not alone. */
  private static final Set<String> LEFT =
      Set.of(
          "seeds.benchmarks",
          "seeds.fx_rates",
          "seeds.geography",
          "seeds.holidays",
          "dimensions.dim_date",
          "dimensions.dim_geography",
          "marts.benchmark_position",
          "marts.churn_monthly",
          "marts.metric_anomalies",
          "marts.mrr_monthly",
          "marts.payment_health_monthly",
          "marts.refunds_disputes_monthly",
          "marts.retention_cohorts",
          "marts.segment_monthly",
          "marts.trial_funnel",
          "marts.unit_economics_monthly");

  @TempDir static Path folder;
  private static Path open;
  private static ImmutableMap<String, TableChecksum> onTheTenth;
  private static ImmutableMap<String, TableChecksum> allOnTheTwentieth;

  @BeforeAll
  static void transformUpToTheTwentieth() throws IOException {
    Path raw = folder.resolve("account.duckdb");
    LocalRuns.run("synthesize", raw, "--customers=300", "--start=2025-01-01", "--end=2025-04-01");
    Path all = Files.copy(raw, folder.resolve("all.duckdb"));
    transform(all, "2025-01-01", "2025-03-20", "all");
    allOnTheTwentieth = checksums(all);

    open = Files.copy(raw, folder.resolve("open.duckdb"));
    transform(open, "2025-01-01", "2025-03-10", "all");
    onTheTenth = checksums(open);
    transform(open, "2025-03-01", "2025-03-20", "open");
  }

  @Test
  void whatBelongsToTheOpenMonthIsAsAfterARunThatPublishesAll() {
    assertThat(Sets.difference(differing(checksums(open), allOnTheTwentieth), LEFT), is(Set.of()));
  }

  @Test
  void everythingElseIsAsTheRunBeforeHasLeftIt() {
    assertThat(Sets.intersection(differing(checksums(open), onTheTenth), LEFT), is(Set.of()));
    assertThat(
        "tables in which the ten days have changed something",
        differing(onTheTenth, allOnTheTwentieth),
        hasItems("marts.trial_funnel", "marts.live_mrr", "marts.mrr_daily"));
  }

  @Test
  void onlyTablesOfTheOpenMonthArePublished() {
    assertThat(
        Sets.difference(publishedBy("all-2025-03-10"), publishedBy("open-2025-03-20")), is(LEFT));
  }

  @Test
  void dataTestsHoldAfterIt() throws IOException {
    Path checked = Files.copy(open, folder.resolve("checked.duckdb"));

    LocalRuns.run("check", checked, "--from=2025-03-01", "--to=2025-03-20");
  }

  @Test
  void aFirstRunPublishesAll() throws IOException {
    Path first = folder.resolve("first.duckdb");
    LocalRuns.run("synthesize", first, "--customers=30", "--start=2025-03-01", "--end=2025-03-20");

    transform(first, "2025-03-01", "2025-03-20", "open");

    assertThat(checksums(first).get("dimensions.dim_date").rows(), greaterThan(0L));
  }

  private static Set<Object> publishedBy(String run) {
    return DuckDbWarehouse.openReadOnly(open)
        .query("SELECT table_name FROM ops.run_log WHERE _run_id = '%s'".formatted(run))
        .rows()
        .stream()
        .map(row -> row.get(0))
        .collect(toSet());
  }

  @Test
  void theNextRunThatPublishesAllLeavesNoDifference() throws IOException {
    Path later = Files.copy(open, folder.resolve("later.duckdb"));

    transform(later, "2025-03-01", "2025-03-20", "all");

    assertThat(differing(checksums(later), allOnTheTwentieth), is(Set.of()));
  }

  @Test
  void historyIsNotReadAgain() {
    String said =
        LocalRuns.saying(
            "transform", open, "--from=2025-03-01", "--to=2025-03-20", "--mode=open", "--dryRun");

    assertThat(said, not(containsString("reads  facts.")));
    assertThat(said, not(containsString("reads  intermediate.invoice_settlements")));
    assertThat(said, not(containsString("writes marts.churn_monthly")));
    assertThat(said, containsString("writes marts.live_mrr"));
  }

  @Test
  void anIntervalThatFinishesAMonthPublishesAll() {
    String said =
        LocalRuns.saying(
            "transform", open, "--from=2025-03-01", "--to=2025-04-01", "--mode=open", "--dryRun");

    assertThat(said, containsString("writes marts.churn_monthly"));
  }

  @Test
  void anotherModeIsRefused() {
    assertThat(
        LocalRuns.failing("transform", open, "--mode=closed"),
        containsString("--mode=closed is not known; allowed are all, open"));
  }

  private static void transform(Path file, String from, String to, String mode) {
    LocalRuns.run(
        "transform",
        file,
        "--from=" + from,
        "--to=" + to,
        "--mode=" + mode,
        "--runId=" + mode + "-" + to);
  }

  private static Set<String> differing(
      ImmutableMap<String, TableChecksum> one, ImmutableMap<String, TableChecksum> other) {
    return Maps.difference(one, other).entriesDiffering().keySet();
  }

  private static ImmutableMap<String, TableChecksum> checksums(Path file) {
    return DuckDbWarehouse.openReadOnly(file).checksums(Set.of()).stream()
        .filter(table -> !table.table().startsWith("ops."))
        .collect(toImmutableMap(TableChecksum::table, table -> table));
  }
}
