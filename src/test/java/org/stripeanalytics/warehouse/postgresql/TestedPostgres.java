package org.stripeanalytics.warehouse.postgresql;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.TestedWarehouse;
import org.stripeanalytics.warehouse.Warehouse;

/** PostgreSQL, a real server on this machine, held to the contract of all warehouses. */
final class TestedPostgres implements TestedWarehouse {
  private String database;
  private boolean isAltered;
  private PostgresWarehouse warehouse;

  @Override
  public Warehouse start(Path directory) {
    database = LocalPostgres.started().takeDatabase();
    warehouse =
        PostgresWarehouse.open(LocalPostgres.started().database(database), "", ZoneId.of("UTC"));
    return warehouse;
  }

  @Override
  public void stop() {
    LocalPostgres.started().giveBack(database, isAltered);
  }

  @Override
  public Publication failingAt(
      WarehouseTable<?> table, String runId, DataInterval interval, Instant ingestedAt) {
    run("ALTER TABLE " + table.name() + " ADD CONSTRAINT broken CHECK (false) NOT VALID");
    return warehouse.publication(runId, interval, ingestedAt);
  }

  @Override
  public void makeEarlier(WarehouseTable<?> table, List<TableFieldSchema> columns) {
    Contract contract = table.contract();
    run("ALTER TABLE " + table.name() + " RENAME TO former");
    run(
        "CREATE TABLE "
            + table.name()
            + " ("
            + columns.stream().map(TableSql::declaration).collect(joining(", "))
            + ")");
    run(
        "INSERT INTO "
            + table.name()
            + " SELECT "
            + columns.stream().map(column -> earlier(contract, column)).collect(joining(", "))
            + " FROM "
            + contract.layer().id()
            + ".former");
    // With the views on it, which the earlier version did not have.
    run("DROP TABLE " + contract.layer().id() + ".former CASCADE");
  }

  /** The value that an earlier version would have stored: without fields that it did not know. */
  private static String earlier(Contract contract, TableFieldSchema column) {
    TableFieldSchema now =
        contract.columns().stream()
            .filter(other -> other.getName().equals(column.getName()))
            .findFirst()
            .orElseThrow();
    String value = SchemaNames.quoted(column.getName());
    if (!TableSql.isRepeated(column) || column.getFields() == null) {
      return value + "::" + TableSql.type(column);
    }
    String unknown =
        now.getFields().stream()
            .map(TableFieldSchema::getName)
            .filter(name -> column.getFields().stream().noneMatch(f -> f.getName().equals(name)))
            .collect(joining(","));
    return "(SELECT coalesce(jsonb_agg(item - '{%s}'::text[]), '[]') FROM jsonb_array_elements(%s) AS e(item))"
        .formatted(unknown, value);
  }

  @Override
  public Map<String, String> descriptions(WarehouseTable<?> table) {
    String name = "'" + table.name() + "'";
    return warehouse
        .query(
            "SELECT attname::text, col_description(attrelid, attnum) FROM pg_attribute WHERE attrelid = "
                + name
                + "::regclass AND attnum > 0 UNION ALL SELECT "
                + name
                + ", obj_description("
                + name
                + "::regclass)")
        .rows()
        .stream()
        .collect(toMap(row -> (String) row.get(0), row -> (String) row.get(1)));
  }

  private void run(String sql) {
    isAltered = true;
    try (Connection connection = LocalPostgres.started().database(database).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
