package org.stripeanalytics.warehouse.postgresql;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;

/**
 * The columns that tables really have, in the words of a contract. What is inside JSON has no type
 * there, so a record or a list is of the type {@value #JSON}, and its fields are not compared.
 *
 * @param views the comments of {@code staging.stg_charges} and the like
 */
record StoredColumns(
    ImmutableListMultimap<String, TableFieldSchema> byTable, ImmutableMap<String, String> views) {
  static final String JSON = "JSON";

  private static final ImmutableMap<String, String> TYPES =
      ImmutableMap.<String, String>builder()
          .put("text", "STRING")
          .put("bigint", "INTEGER")
          .put("numeric(38,9)", "NUMERIC")
          .put("boolean", "BOOLEAN")
          .put("date", "DATE")
          .put("timestamp without time zone", "TIMESTAMP")
          .put("jsonb", JSON)
          .buildOrThrow();

  static StoredColumns in(Connection connection, SchemaNames names) throws SQLException {
    ImmutableListMultimap.Builder<String, TableFieldSchema> columns =
        ImmutableListMultimap.builder();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT s.nspname, t.relname, c.attname, format_type(c.atttypid, c.atttypmod),
                   c.attnotnull, c.atthasdef
            FROM pg_attribute AS c
            JOIN pg_class AS t ON t.oid = c.attrelid
            JOIN pg_namespace AS s ON s.oid = t.relnamespace
            WHERE s.nspname = ANY (?) AND t.relkind IN ('r', 'p') AND NOT t.relispartition
              AND c.attnum > 0 AND NOT c.attisdropped
            ORDER BY t.oid, c.attnum
            """)) {
      Map<String, Layer> layers =
          Arrays.stream(Layer.values()).collect(Collectors.toMap(names::schema, layer -> layer));
      statement.setArray(1, connection.createArrayOf("text", layers.keySet().toArray()));
      try (ResultSet stored = statement.executeQuery()) {
        while (stored.next()) {
          String table = layers.get(stored.getString(1)).id() + "." + stored.getString(2);
          columns.put(table, column(stored));
        }
      }
    }
    return new StoredColumns(columns.build(), views(connection, names));
  }

  private static ImmutableMap<String, String> views(Connection connection, SchemaNames names)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT v.relname, COALESCE(obj_description(v.oid, 'pg_class'), '')
            FROM pg_class AS v
            JOIN pg_namespace AS s ON s.oid = v.relnamespace
            WHERE s.nspname = ? AND v.relkind = 'v'
            """)) {
      statement.setString(1, names.schema(Layer.STAGING));
      ImmutableMap.Builder<String, String> views = ImmutableMap.builder();
      try (ResultSet stored = statement.executeQuery()) {
        while (stored.next()) {
          views.put(Layer.STAGING.id() + "." + stored.getString(1), stored.getString(2));
        }
      }
      return views.buildOrThrow();
    }
  }

  private static TableFieldSchema column(ResultSet stored) throws SQLException {
    String type = stored.getString(4);
    boolean isList = type.equals("jsonb") && stored.getBoolean(6);
    return new TableFieldSchema()
        .setName(stored.getString(3))
        .setType(TYPES.getOrDefault(type, type))
        .setMode(isList ? "REPEATED" : stored.getBoolean(5) ? "REQUIRED" : "NULLABLE");
  }

  boolean has(Contract contract) {
    return byTable.containsKey(contract.name());
  }

  /** The columns of a contract as they are stored. */
  static List<TableFieldSchema> promised(Contract contract) {
    return contract.columns().stream()
        .map(
            column ->
                column
                    .clone()
                    .setFields(null)
                    .setType(
                        column.getFields() != null || TableSql.isRepeated(column)
                            ? JSON
                            : column.getType()))
        .toList();
  }

  /** What is missing, of another type, or more than the contract says. */
  List<String> differences(Contract contract) {
    if (!has(contract)) {
      return ImmutableList.of("there is no such table");
    }
    Map<String, TableFieldSchema> stored = byName(byTable.get(contract.name()));
    Map<String, TableFieldSchema> promised = byName(promised(contract));
    List<String> differences = new ArrayList<>();
    promised.forEach(
        (name, column) -> {
          if (!stored.containsKey(name)) {
            differences.add("there is no column " + name);
          } else if (!stored.get(name).getType().equals(column.getType())) {
            differences.add(
                "column %s is %s, not %s"
                    .formatted(name, stored.get(name).getType(), column.getType()));
          }
        });
    stored.forEach(
        (name, column) -> {
          if (!promised.containsKey(name)) {
            differences.add("column %s %s is in no contract".formatted(name, column.getType()));
          }
        });
    return differences;
  }

  private static Map<String, TableFieldSchema> byName(List<TableFieldSchema> columns) {
    return columns.stream()
        .collect(ImmutableMap.toImmutableMap(TableFieldSchema::getName, Function.identity()));
  }
}
