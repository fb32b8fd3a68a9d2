package org.stripeanalytics.warehouse.bigquery;

import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.ColumnChanges;
import org.stripeanalytics.warehouse.QueryResult;
import org.stripeanalytics.warehouse.duckdb.DuckDbSql;

/**
 * The tables behind {@link LocalBigQuery}: resources as they were sent, rows in DuckDB. It runs the
 * scripts that BigQuery would run, statement by statement. All that it changes in them is quotes,
 * {@code ASSERT}, which it evaluates itself, and {@code TO_HEX(MD5(…))}, which DuckDB calls {@code
 * md5}.
 */
final class LocalTables {
  private static final Pattern TABLE = Pattern.compile("`([^`.\\s]+)\\.([^`.\\s]+)\\.([^`.\\s]+)`");
  private static final Pattern COLUMN = Pattern.compile("`([^`.\\s]+)`");
  private static final Pattern ASSERT = Pattern.compile("ASSERT (.*)\\nAS '(.*)'", Pattern.DOTALL);
  private static final Pattern OFFSETS =
      Pattern.compile("UNNEST\\((\\S+)\\) AS (\\w+) WITH OFFSET AS (\\w+)");
  private static final String OFFSETS_IN_DUCKDB =
      "(SELECT UNNEST($1) AS $2, UNNEST(range(len($1))) AS $3)";
  private static final Pattern MD5 = Pattern.compile("TO_HEX\\(MD5\\(");

  private final Path directory;

  /** While it is open, the others share its database instead of opening the file anew. */
  private final Connection held;

  private final Map<String, Table> resources = new TreeMap<>();
  private @Nullable String brokenTable;
  private int changes;

  LocalTables(Path directory) {
    this.directory = directory;
    this.held = connect();
    defineFunctions();
  }

  /** Functions of BigQuery's that DuckDB has under other names, or none of. */
  private void defineFunctions() {
    try {
      execute(
          "CREATE OR REPLACE MACRO to_json_string(value) AS CAST(to_json(value) AS VARCHAR)",
          "CREATE OR REPLACE MACRO farm_fingerprint(text) AS hash(text)");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot define BigQuery's functions", e);
    }
  }

  void close() throws SQLException {
    held.close();
  }

  /** Rows and all, of those that are closed. */
  LocalState state(Map<String, Dataset> datasets) throws IOException {
    return new LocalState(Files.readAllBytes(file(directory)), Map.copyOf(resources), datasets);
  }

  /** Begins with what others had when they were closed. */
  static LocalTables of(LocalState state, Path directory) throws IOException {
    Files.write(file(directory), state.rows(), StandardOpenOption.CREATE_NEW);
    LocalTables tables = new LocalTables(directory);
    state.tables().forEach((name, table) -> tables.resources.put(name, table.clone()));
    return tables;
  }

  /** From now on statements that change this table fail; {@code dataset.table}. */
  void breakTable(String name) {
    brokenTable = name;
  }

  void repairTable() {
    brokenTable = null;
  }

  @Nullable Table resource(String dataset, String table) {
    return resources.get(dataset + "." + table);
  }

  /** The resource as BigQuery shows it, with the number of its rows. */
  @Nullable Table shown(String dataset, String table) throws SQLException {
    Table resource = resource(dataset, table);
    if (resource == null) {
      return null;
    }
    try (Connection connection = connect()) {
      String count = "SELECT COUNT(*) FROM " + name(resource.getTableReference());
      return resource
          .clone()
          .setNumRows(BigInteger.valueOf((Long) DuckDbSql.query(connection, count).value()));
    }
  }

  List<Table> resources(String dataset) {
    return resources.values().stream()
        .filter(table -> table.getTableReference().getDatasetId().equals(dataset))
        .toList();
  }

  void create(Table table) throws SQLException {
    TableReference reference = table.getTableReference();
    // BigQueryIO asks for the size before it reads.
    resources.put(
        reference.getDatasetId() + "." + reference.getTableId(),
        table.clone().setNumBytes(0L).setEtag("etag-" + ++changes));
    execute("CREATE SCHEMA IF NOT EXISTS " + quoted(reference.getDatasetId()));
    if (table.getView() != null) {
      String query = OFFSETS.matcher(table.getView().getQuery()).replaceAll(OFFSETS_IN_DUCKDB);
      execute("CREATE VIEW " + name(reference) + " AS " + inDuckDb(query));
      return;
    }
    execute(
        "CREATE TABLE "
            + name(reference)
            + " ("
            + table.getSchema().getFields().stream()
                .map(LocalTables::definition)
                .collect(joining(", "))
            + ")");
  }

  /**
   * Gives a table other labels and columns, as BigQuery does: every column that is there has to be
   * named, in its place, and new ones may be empty.
   */
  void patch(String dataset, String id, Table change) throws SQLException {
    Table table = resource(dataset, id).setEtag("etag-" + ++changes);
    if (change.getExpirationTime() != null) {
      table.setExpirationTime(change.getExpirationTime()).setLabels(change.getLabels());
      return;
    }
    if (table.getView() != null) {
      if (change.getView() != null) {
        delete(dataset, id);
        create(table.clone().setView(change.getView()));
      } else {
        table.setSchema(change.getSchema()).setLabels(change.getLabels());
      }
      return;
    }
    List<TableFieldSchema> before = table.getSchema().getFields();
    List<TableFieldSchema> after = change.getSchema().getFields();
    if (!ColumnChanges.between(id, before, after).breaking().isEmpty()
        || !names(before).equals(names(after.subList(0, before.size())))) {
      throw new SQLException("Provided Schema does not match Table " + id);
    }
    makeAnew(table.clone().setLabels(change.getLabels()).setSchema(change.getSchema()));
  }

  /** Deletes tables whose time is over, as BigQuery does by itself. */
  void expire(Instant now) throws SQLException {
    for (Table table : List.copyOf(resources.values())) {
      Long end = table.getExpirationTime();
      if (end != null && end <= now.toEpochMilli()) {
        delete(table.getTableReference().getDatasetId(), table.getTableReference().getTableId());
      }
    }
  }

  void delete(String dataset, String id) throws SQLException {
    Table table = resources.remove(dataset + "." + id);
    execute((table.getView() == null ? "DROP TABLE " : "DROP VIEW ") + name(table));
  }

  private static String name(Table table) {
    return name(table.getTableReference());
  }

  /** Moves the rows of a table into one of other columns. */
  void makeAnew(Table table) throws SQLException {
    String dataset = table.getTableReference().getDatasetId();
    String id = table.getTableReference().getTableId();
    List<String> before = names(resource(dataset, id).getSchema().getFields());
    String former = quoted(dataset) + "." + quoted(id + "_former");
    execute(
        "ALTER TABLE " + name(table.getTableReference()) + " RENAME TO " + quoted(id + "_former"));
    create(table);
    String kept =
        table.getSchema().getFields().stream()
            .filter(column -> before.contains(column.getName()))
            .map(column -> quoted(column.getName()))
            .collect(joining(", "));
    execute(
        "INSERT INTO "
            + name(table.getTableReference())
            + " BY NAME SELECT "
            + kept
            + " FROM "
            + former,
        "DROP TABLE " + former);
  }

  private static List<String> names(List<TableFieldSchema> columns) {
    return columns.stream().map(TableFieldSchema::getName).toList();
  }

  /** Replaces the rows of a table by those of Avro files. */
  void replace(TableReference reference, List<TableFieldSchema> columns, List<Path> avro)
      throws SQLException, IOException {
    Path json = Files.createTempFile(directory, "load", ".json");
    AvroJson.write(avro, json);
    execute(
        "DELETE FROM " + name(reference),
        "INSERT INTO "
            + name(reference)
            + " BY NAME SELECT * FROM read_json('"
            + json
            + "', format = 'newline_delimited', columns = {"
            + columns.stream()
                .map(c -> quoted(c.getName()) + ": '" + DuckDbSql.type(c).replace("'", "''") + "'")
                .collect(joining(", "))
            + "})");
  }

  /**
   * Runs a script.
   *
   * @return the answer of its last query
   * @throws SQLException when a statement fails; an open transaction is then taken back
   */
  QueryResult run(String script) throws SQLException {
    QueryResult answer = new QueryResult(ImmutableList.of(), ImmutableList.of());
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : Splitter.on(";\n").omitEmptyStrings().split(script + "\n")) {
        refuseBroken(sql);
        Matcher assertion = ASSERT.matcher(sql.strip());
        if (assertion.matches()) {
          check(connection, assertion.group(1), assertion.group(2));
        } else if (sql.stripLeading().startsWith("SELECT")) {
          answer = DuckDbSql.query(connection, inDuckDb(sql));
        } else if (!sql.isBlank()) {
          statement.execute(inDuckDb(sql));
        }
      }
    }
    return answer;
  }

  private void refuseBroken(String sql) throws SQLException {
    if (brokenTable != null && !sql.startsWith("SELECT") && sql.contains("." + brokenTable + "`")) {
      throw new SQLException("simulated failure at " + brokenTable);
    }
  }

  private static void check(Connection connection, String condition, String message)
      throws SQLException {
    if (!Boolean.TRUE.equals(
        DuckDbSql.query(connection, "SELECT " + inDuckDb(condition)).value())) {
      throw new SQLException(message);
    }
  }

  /** GoogleSQL of the part that both understand, with DuckDB's quotes. */
  static String inDuckDb(String googleSql) {
    String tables = TABLE.matcher(googleSql).replaceAll("\"$2\".\"$3\"");
    String columns = COLUMN.matcher(tables).replaceAll("\"$1\"");
    return MD5.matcher(columns).replaceAll("(md5(");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Connection connect() {
    return DuckDbSql.connect(file(directory));
  }

  private static Path file(Path directory) {
    return directory.resolve("local.duckdb");
  }

  private static String definition(TableFieldSchema column) {
    return quoted(column.getName())
        + " "
        + DuckDbSql.type(column)
        + ("REQUIRED".equals(column.getMode()) ? " NOT NULL" : "");
  }

  private static String name(TableReference reference) {
    return quoted(reference.getDatasetId()) + "." + quoted(reference.getTableId());
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }
}
