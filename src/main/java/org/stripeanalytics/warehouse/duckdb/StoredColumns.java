package org.stripeanalytics.warehouse.duckdb;

import static org.stripeanalytics.warehouse.duckdb.TableSql.literal;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.contract.Contract;

/** The columns that a table really has, held against its contract. */
final class StoredColumns {
  /** What is missing, of another type, or more than the contract says. */
  static List<String> differences(Connection connection, Contract contract) throws SQLException {
    Map<String, String> stored = typesByName(connection, contract);
    if (stored.isEmpty()) {
      return ImmutableList.of("there is no such table");
    }
    ImmutableList.Builder<String> differences = ImmutableList.builder();
    for (TableFieldSchema column : contract.columns()) {
      String type = stored.remove(column.getName());
      String promised = asStored(connection, TableSql.type(column));
      if (type == null) {
        differences.add("there is no column " + column.getName());
      } else if (!type.equals(promised)) {
        differences.add("column " + column.getName() + " is " + type + ", not " + column.getType());
      }
    }
    stored.forEach(
        (name, type) -> differences.add("column " + name + " " + type + " is in no contract"));
    return differences.build();
  }

  private static Map<String, String> typesByName(Connection connection, Contract contract)
      throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet columns =
            statement.executeQuery(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = "
                    + literal(contract.layer().id())
                    + " AND table_name = "
                    + literal(contract.table())
                    + " ORDER BY column_index")) {
      while (columns.next()) {
        types.put(columns.getString(1), columns.getString(2));
      }
    }
    return types;
  }

  /** DuckDB has its own way of writing a type that was declared to it. */
  private static String asStored(Connection connection, String type) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet written = statement.executeQuery("SELECT typeof(CAST(NULL AS " + type + "))")) {
      written.next();
      return written.getString(1);
    }
  }

  private StoredColumns() {}
}
