package org.stripeanalytics.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.warehouse.StagingContractTest;

class DuckDbStagingTest extends StagingContractTest {
  private static final ZoneId UTC = ZoneId.of("UTC");

  DuckDbStagingTest() {
    super(new TestedDuckDb());
  }

  @Test
  void whereAnEarlierVersionKeptATableThereIsAViewFromNowOn(@TempDir Path folder)
      throws SQLException {
    Path file = folder.resolve("earlier.duckdb");
    DuckDbWarehouse.open(file, UTC, Clock.systemUTC()).createTables();
    try (Connection connection = DuckDbSql.connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP VIEW staging.stg_charges");
      statement.execute("CREATE TABLE staging.stg_charges (id VARCHAR)");
    }

    DuckDbWarehouse now = DuckDbWarehouse.open(file, UTC, Clock.systemUTC());
    now.createTables();

    String kind = "SELECT COUNT(*) FROM duckdb_views() WHERE view_name = 'stg_charges'";
    assertThat(now.query(kind).value(), is(1L));
    assertThat(now.query("SELECT COUNT(status) FROM staging.stg_charges").value(), is(0L));
  }
}
