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
import java.util.concurrent.ConcurrentHashMap;
import org.stripeanalytics.contract.Contract;

/** The columns that a table really has, held against its contract. */
final class StoredColumns {
  private static final Map<String, String> WRITTEN = new ConcurrentHashMap<>();

  /** What is missing, of another type, or more than the contract says. */
  static List<String> differences(Connection connection, Contract contract) throws SQLException {
    Map<String, String> stored = typesByName(connection, contract);
    if (stored.isEmpty()) {
      return ImmutableList.of("there is no such table");
    }
    Map<String, String> promised = asStored(connection, contract.columns());
    ImmutableList.Builder<String> differences = ImmutableList.builder();
    for (TableFieldSchema column : contract.columns()) {
      String type = stored.remove(column.getName());
      if (type == null) {
        differences.add("there is no column " + column.getName());
      } else if (!type.equals(promised.get(column.getName()))) {
        differences.add("column " + column.getName() + " is " + type + ", not " + column.getType());
      }
    }
    stored.forEach(
        (name, type) -> differences.add("column " + name + " " + type + " is in no contract"));
    return differences.build();
  }

  /**
   * Asks for the columns of this table only: {@code duckdb_columns()} describes all tables each
   * time, ten times as long.
   */
  private static Map<String, String> typesByName(Connection connection, Contract contract)
      throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet columns =
            statement.executeQuery(
                "SELECT name, type FROM pragma_table_info("
                    + literal(TableSql.name(contract))
                    + ") ORDER BY cid")) {
      while (columns.next()) {
        types.put(columns.getString(1), columns.getString(2));
      }
    } catch (SQLException e) {
      if (isStored(connection, contract)) {
        throw e;
      }
    }
    return types;
  }

  private static boolean isStored(Connection connection, Contract contract) throws SQLException {
    return StoredTables.in(connection).names().contains(contract.name());
  }

  /** DuckDB has its own way of writing a type that was declared to it; of each it is asked once. */
  private static Map<String, String> asStored(Connection connection, List<TableFieldSchema> columns)
      throws SQLException {
    List<String> unknown =
        columns.stream()
            .map(TableSql::type)
            .filter(type -> !WRITTEN.containsKey(type))
            .distinct()
            .toList();
    if (!unknown.isEmpty()) {
      try (Statement statement = connection.createStatement();
          ResultSet written =
              statement.executeQuery(
                  "SELECT "
                      + TableSql.list(unknown, type -> "typeof(CAST(NULL AS " + type + "))"))) {
        written.next();
        for (int i = 0; i < unknown.size(); i++) {
          WRITTEN.put(unknown.get(i), written.getString(i + 1));
        }
      }
    }
    Map<String, String> types = new LinkedHashMap<>();
    columns.forEach(column -> types.put(column.getName(), WRITTEN.get(TableSql.type(column))));
    return types;
  }

  private StoredColumns() {}
}
