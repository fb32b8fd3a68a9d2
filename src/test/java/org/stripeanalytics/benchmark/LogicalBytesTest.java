package org.stripeanalytics.benchmark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

class LogicalBytesTest {
  @TempDir Path folder;

  @Test
  void aRowIsTheSumOfItsValuesAndNullsAreNothing() throws SQLException {
    Path file = folder.resolve("stripe.duckdb");
    DuckDbWarehouse warehouse = EmptyWarehouses.at(file);
    Contract discounts = Tables.DISCOUNTS.contract();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO raw.discounts BY NAME
          SELECT 'di_é' AS id, 'half' AS coupon, TIMESTAMP '2024-01-01' AS start,
                 DATE '2024-01-01' AS _snapshot_date, TIMESTAMP '2024-01-01' AS _changed_at,
                 'synthetic' AS _source, TIMESTAMP '2020-01-01' AS _ingested_at, 'run' AS _run_id
          """);
    }

    long text = (5 + 2) + (4 + 2) + (9 + 2) + (3 + 2);
    long times = 4 * 8;
    assertThat(warehouse.query(LogicalBytes.query(discounts)).value(), is(text + times));
  }

  @Test
  void everyTableHasASize() {
    DuckDbWarehouse warehouse = EmptyWarehouses.at(folder.resolve("empty.duckdb"));

    for (WarehouseTable<?> table : Tables.all()) {
      if (!table.equals(Tables.WAREHOUSE_SETTINGS)) {
        assertThat(
            table.name(), warehouse.query(LogicalBytes.query(table.contract())).value(), is(0L));
      }
    }
  }
}
