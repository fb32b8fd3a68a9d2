package org.stripeanalytics.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/** Small warehouses for the tests of the report. */
final class ExampleAccount {
  static final Instant APRIL = Instant.parse("2025-04-01T06:00:00Z");

  private ExampleAccount() {}

  /** All tables and no rows. */
  static DuckDbWarehouse empty(Path file) {
    DuckDbWarehouse warehouse =
        EmptyWarehouses.at(file, ZoneOffset.UTC, Clock.fixed(APRIL, ZoneOffset.UTC));
    return warehouse;
  }

  /** Fifteen months up to March 2025: what {@code report/account.sql} says. */
  static DuckDbWarehouse of15Months(Path file) throws IOException {
    DuckDbWarehouse warehouse = empty(file);
    try (InputStream sql = ExampleAccount.class.getResourceAsStream("/report/account.sql")) {
      execute(file, new String(sql.readAllBytes(), UTF_8));
    }
    return warehouse;
  }

  static void execute(Path file, String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot prepare " + file, e);
    }
  }
}
