package org.stripeanalytics.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * What DuckDB alone needs to load the raw tables: from Parquet files that it wrote itself into the
 * empty tables of a new warehouse, in one transaction. Only that is timed.
 */
final class LoadParquet {
  private static final List<String> RAW =
      Tables.all().stream()
          .filter(table -> table.contract().layer() == Layer.RAW)
          .map(WarehouseTable::name)
          .toList();

  /**
   * @param args a warehouse with raw rows, and a directory for the files and the new warehouse
   */
  public static void main(String[] args) throws SQLException {
    Path directory = Path.of(args[1]);
    export(Path.of(args[0]), directory);
    Path file = directory.resolve("from-parquet.duckdb");
    DuckDbWarehouse.open(file, ZoneOffset.UTC, Clock.systemUTC()).createTables();
    long rows = 0;
    long start = System.nanoTime();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN TRANSACTION");
      for (String table : RAW) {
        rows +=
            statement.executeLargeUpdate(
                "INSERT INTO %s BY NAME SELECT * FROM '%s'"
                    .formatted(table, parquet(directory, table)));
      }
      statement.execute("COMMIT");
    }
    double seconds = Worked.secondsSince(start);
    Terminal.ofProcess().answer(new Worked(rows, seconds, 0).line());
  }

  private static void export(Path warehouse, Path directory) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse);
        Statement statement = connection.createStatement()) {
      for (String table : RAW) {
        if (!Files.exists(parquet(directory, table))) {
          statement.execute(
              "COPY %s TO '%s' (FORMAT parquet)".formatted(table, parquet(directory, table)));
        }
      }
    }
  }

  private static Path parquet(Path directory, String table) {
    return directory.resolve(table + ".parquet");
  }

  private LoadParquet() {}
}
