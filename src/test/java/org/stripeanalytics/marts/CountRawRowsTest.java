package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

@ExtendWith(TestPipelineExtension.class)
class CountRawRowsTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 30);
  private static final DataInterval FEBRUARY =
      DataInterval.of(LocalDate.of(2024, 2, 1), LocalDate.of(2024, 3, 1));

  @Test
  void rowsAreCountedByTableAndDayAndTheLagIsMeasured(TestPipeline pipeline, @TempDir Path folder)
      throws SQLException {
    DuckDbWarehouse warehouse =
        EmptyWarehouses.at(
            folder.resolve("w.duckdb"),
            ZoneOffset.UTC,
            Clock.fixed(Instant.parse("2024-03-01T02:00:00Z"), ZoneOffset.UTC));
    spendOn(warehouse, FIRST, "organic");
    spendOn(warehouse, LocalDate.of(2024, 2, 26), "organic");
    spendOn(warehouse, LocalDate.of(2024, 2, 26), "referral");

    PCollection<AccountFact> counted =
        pipeline.apply(
            "CountRawRows",
            CountRawRows.of(warehouse, FEBRUARY, new NewestEvent(warehouse, FEBRUARY, true)));

    LocalDate day = LocalDate.of(2024, 2, 26);
    PAssert.that(counted)
        .containsInAnyOrder(
            AccountFact.of(WatchedDay.opening(FIRST)),
            AccountFact.of(WatchedDay.count(WatchedMetric.ROWS, "raw.marketing_spend", day, 2)),
            AccountFact.of(WatchedDay.count(WatchedMetric.ROWS, "all", day, 2)),
            AccountFact.of(StoredEvents.of(null, 0)));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(lag(result).getMin(), is(3L));
  }

  private static DistributionResult lag(PipelineResult result) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(CountRawRows.class, "lag_days"))
                .build())
        .getDistributions()
        .iterator()
        .next()
        .getAttempted();
  }

  private static void spendOn(DuckDbWarehouse warehouse, LocalDate day, String channel)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse.path());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO raw.marketing_spend
            (day, channel, region, amount, currency, _snapshot_date, _changed_at, _source,
             _ingested_at, _run_id)
          VALUES (DATE '%1$s', '%2$s', 'europe', 1, 'usd', DATE '%1$s', TIMESTAMP '%1$s',
            'synthetic', TIMESTAMP '%1$s', 'r')
          """
              .formatted(day, channel));
    }
  }
}
