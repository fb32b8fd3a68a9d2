package org.stripeanalytics.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.ColumnChanges;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

class StoredTypeTest {
  @Test
  void aRecordWithinAListIsReadAtEveryDepth() {
    TableFieldSchema lines =
        StoredType.column(
            "lines",
            "STRUCT(id VARCHAR, period STRUCT(\"start\" TIMESTAMP, \"end\" TIMESTAMP),"
                + " rates DECIMAL(38,9)[])[]",
            /* isNullable= */ false);

    assertThat(
        lines(lines),
        is(
            List.of(
                "lines REPEATED RECORD",
                "lines.id NULLABLE STRING",
                "lines.period NULLABLE RECORD",
                "lines.period.start NULLABLE TIMESTAMP",
                "lines.period.end NULLABLE TIMESTAMP",
                "lines.rates REPEATED NUMERIC")));
  }

  /** The catalogue's own spelling, of every type that a contract can ask for. */
  @Test
  void aTableThatWasJustMadeHasNothingToGain(@TempDir Path folder) throws SQLException {
    DuckDbWarehouse warehouse = Warehouses.created(folder.resolve("stripe.duckdb"));
    try (Connection connection = warehouse.file().connect()) {
      TableGrowth growth = TableGrowth.of(connection);
      for (WarehouseTable<?> table : Tables.all()) {
        assertThat(table.name(), growth.statements(table.contract()), is(List.of()));
      }
    }
  }

  private static List<String> lines(TableFieldSchema column) {
    return lines("", column);
  }

  private static List<String> lines(String path, TableFieldSchema column) {
    String name = path + column.getName();
    List<String> lines = new ArrayList<>();
    lines.add(name + " " + ColumnChanges.mode(column) + " " + column.getType());
    if (column.getFields() != null) {
      column.getFields().forEach(field -> lines.addAll(lines(name + ".", field)));
    }
    return lines;
  }
}
