package org.stripeanalytics.observability;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/** Nights of data tests, each with what it found. */
class OpenedIncidentsTest {
  private static final Instant NOW = Instant.parse("2024-01-06T02:00:00Z");

  @TempDir Path folder;
  private DuckDbWarehouse warehouse;

  @BeforeEach
  void createWarehouse() {
    warehouse =
        EmptyWarehouses.at(
            folder.resolve("w.duckdb"), ZoneId.of("UTC"), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void aFailedTestAndAStaleTableAreIncidents() throws SQLException {
    result("night-1", 1, "raw.charges", "freshness", "_snapshot_date", false);
    result("night-1", 1, "marts.mrr_daily", "unique_key", "day", false);
    result("night-1", 1, "marts.mrr_daily", "range", "mrr_end", true);

    assertThat(
        opened("night-1"),
        contains("marts.mrr_daily fails unique_key day", "raw.charges is stale"));
  }

  @Test
  void whatFailedTheNightBeforeIsKnown() throws SQLException {
    result("night-1", 1, "raw.charges", "freshness", "_snapshot_date", false);
    result("night-2", 2, "raw.charges", "freshness", "_snapshot_date", false);
    result("night-2", 2, "raw.refunds", "freshness", "_snapshot_date", false);

    assertThat(opened("night-2"), contains("raw.refunds is stale"));
  }

  @Test
  void whatWasMendedAndFailsAgainIsNew() throws SQLException {
    result("night-1", 1, "raw.charges", "freshness", "_snapshot_date", false);
    result("night-2", 2, "raw.charges", "freshness", "_snapshot_date", true);
    assertThat(opened("night-2"), is(empty()));

    result("night-3", 3, "raw.charges", "freshness", "_snapshot_date", false);
    assertThat(opened("night-3"), contains("raw.charges is stale"));
  }

  private List<String> opened(String runId) {
    return new OpenedIncidents(warehouse)
        .ofDataTests(warehouse, runId).stream().map(Incident::what).toList();
  }

  private void result(
      String runId, int night, String table, String rule, String target, boolean passed)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse.path());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO ops.quality_results BY NAME
          SELECT '%s' AS _run_id, TIMESTAMP '2024-01-0%d 02:00:00' AS _ingested_at,
            '%s' AS table_name, '%s' AS rule, '%s' AS target, %b AS passed,
            'warn' AS severity, 'a promise' AS description, 1 AS failing_count, 9 AS row_count,
            [] AS sample_keys, 'SELECT 1' AS failing_sql, DATE '2024-01-0%d' AS as_of
          """
              .formatted(runId, night, table, rule, target, passed, night));
    }
  }
}
