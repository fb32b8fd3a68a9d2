package org.stripeanalytics.warehouse.bigquery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.warehouse.QueryResult;
import org.stripeanalytics.warehouse.duckdb.DuckDbSql;
import org.stripeanalytics.warehouse.postgresql.PostgresSql;

/**
 * The same tables, without any constraint, in GoogleSQL's reference implementation, DuckDB and
 * PostgreSQL, and what each answers in one notation.
 */
final class ThreeEngines implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Map<String, List<Map<String, Object>>> filled = new HashMap<>();
  private final GoogleSqlProcess googleSql;
  private final Connection duckDb;
  private final Connection postgres;

  private ThreeEngines(Path directory) throws IOException, SQLException {
    this.directory = directory;
    this.googleSql = GoogleSqlProcess.start();
    this.duckDb = DuckDbSql.connect(directory.resolve("edge.duckdb"));
    this.postgres = PostgresSql.connect();
    try (Statement statement = duckDb.createStatement()) {
      // A dozen rows are no work for two.
      statement.execute("SET threads = 1");
    }
  }

  static ThreeEngines start(Path directory) throws IOException, SQLException {
    return new ThreeEngines(directory);
  }

  GoogleSqlProcess googleSql() {
    return googleSql;
  }

  Connection duckDb() {
    return duckDb;
  }

  Connection postgres() {
    return postgres;
  }

  /** Makes a table anew with these rows in all three, unless it holds them. */
  void fill(Contract contract, List<Map<String, Object>> rows) throws SQLException, IOException {
    if (rows.equals(filled.put(contract.name(), rows))) {
      return;
    }
    googleSql.fill(TableNames.sql(GoogleSqlProcess.NAMES.table(contract)), rows);
    fillDatabases(contract.layer().id(), contract.table(), contract.columns(), rows);
  }

  /** Makes {@link #fill} forget what a table holds, because a statement has changed it. */
  void forget(Contract contract) {
    filled.remove(contract.name());
  }

  /** Makes a table anew with these rows in the two databases only. */
  void fillDatabases(
      String schema, String table, List<TableFieldSchema> columns, List<Map<String, Object>> rows)
      throws SQLException, IOException {
    String name = "\"" + schema + "\".\"" + table + "\"";
    String json = rows.stream().map(ThreeEngines::json).collect(joining("\n"));
    Path file = Files.writeString(directory.resolve("rows.json"), json, UTF_8);
    try (Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS \"" + schema + "\"");
      statement.execute("CREATE OR REPLACE TABLE " + name + columns(columns, DuckDbSql::type));
      if (!rows.isEmpty()) {
        statement.execute(
            "INSERT INTO "
                + name
                + " SELECT * FROM read_json('"
                + file
                + "', format = 'newline_delimited', columns = {"
                + columns.stream()
                    .map(c -> "\"" + c.getName() + "\": '" + DuckDbSql.type(c) + "'")
                    .collect(joining(", "))
                + "})");
      }
    }
    try (Statement statement = postgres.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS \"" + schema + "\"");
      // With the views on it.
      statement.execute("DROP TABLE IF EXISTS " + name + " CASCADE");
      statement.execute("CREATE TABLE " + name + columns(columns, PostgresSql::type));
    }
    try (PreparedStatement insert =
        postgres.prepareStatement(
            "INSERT INTO "
                + name
                + " SELECT * FROM jsonb_populate_recordset(NULL::"
                + name
                + ", ?::jsonb)")) {
      insert.setString(1, "[" + json.replace("\n", ",") + "]");
      insert.executeUpdate();
    }
  }

  private static String columns(
      List<TableFieldSchema> columns, java.util.function.Function<TableFieldSchema, String> type) {
    return columns.stream()
        .map(column -> "\"" + column.getName() + "\" " + type.apply(column))
        .collect(joining(", ", " (", ")"));
  }

  /** What is null is left out, as the adapters do within records. */
  private static String json(Map<String, Object> row) {
    try {
      return JSON.writeValueAsString(jsonValue(row));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object jsonValue(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> given = new LinkedHashMap<>();
      map.forEach(
          (key, item) -> {
            if (item != null) {
              given.put(key, jsonValue(item));
            }
          });
      return given;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ThreeEngines::jsonValue).toList();
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Instant time) {
      return LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString();
    }
    return value instanceof LocalDate day ? day.toString() : value;
  }

  /** The answer of each engine, as texts of its rows in the order of those texts. */
  Map<String, List<String>> answers(String sharedSql) throws SQLException {
    Map<String, List<String>> answers = new TreeMap<>();
    answers.put(
        "GoogleSQL", told(googleSql.query(LayerNames.resolve(sharedSql, GoogleSqlProcess.NAMES))));
    answers.put("DuckDB", told(DuckDbSql.query(duckDb, sharedSql)));
    answers.put("PostgreSQL", told(PostgresSql.query(postgres, sharedSql)));
    return answers;
  }

  static List<String> told(QueryResult answer) {
    return answer.rows().stream()
        .map(row -> row.stream().map(ThreeEngines::told).collect(joining(" | ")))
        .sorted()
        .toList();
  }

  /** Rows of a contract's columns, whose nested values PostgreSQL holds as texts. */
  static List<String> told(List<TableFieldSchema> columns, QueryResult answer) {
    return answer.rows().stream()
        .map(
            row ->
                columns.stream()
                    .map(
                        column -> told(column, row.get(answer.columns().indexOf(column.getName()))))
                    .collect(joining(" ")))
        .sorted()
        .toList();
  }

  private static String told(TableFieldSchema column, @Nullable Object value) {
    return column.getName() + "=" + told(typed(column, value));
  }

  private static @Nullable Object typed(TableFieldSchema column, @Nullable Object value) {
    if (value instanceof List<?> items) {
      List<Object> typed = new ArrayList<>();
      items.forEach(item -> typed.add(typed(column, item)));
      return typed;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> typed = new LinkedHashMap<>();
      for (TableFieldSchema field : column.getFields()) {
        boolean isList = "REPEATED".equals(field.getMode());
        Object inner = map.get(field.getName());
        typed.put(field.getName(), typed(field, inner == null && isList ? List.of() : inner));
      }
      return typed;
    }
    if (value instanceof String text) {
      return switch (column.getType()) {
        case "NUMERIC" -> new BigDecimal(text);
        case "TIMESTAMP" -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        case "DATE" -> LocalDate.parse(text);
        default -> text;
      };
    }
    return value;
  }

  /** Numbers are told by their value, whatever type an engine gives them. */
  static String told(@Nullable Object value) {
    if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
      return number.toString();
    }
    if (value instanceof Number number) {
      BigDecimal exact = new BigDecimal(number.toString());
      return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ThreeEngines::told).collect(joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(field -> field.getKey() + ": " + told(field.getValue()))
          .collect(joining(", ", "{", "}"));
    }
    return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
  }

  @Override
  public void close() throws IOException, SQLException {
    googleSql.close();
    duckDb.close();
    PostgresSql.close(postgres);
  }
}
