package org.stripeanalytics.warehouse.bigquery;

import static java.util.stream.Collectors.joining;
import static org.stripeanalytics.warehouse.bigquery.GoogleSqlProcess.NAMES;
import static org.stripeanalytics.warehouse.bigquery.GoogleSqlProcess.RUN;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.PublishSql;
import org.stripeanalytics.warehouse.QueryResult;
import org.stripeanalytics.warehouse.RestatementSql;
import org.stripeanalytics.warehouse.Restating;
import org.stripeanalytics.warehouse.duckdb.DuckDbSql;
import org.stripeanalytics.warehouse.postgresql.PostgresSql;

/**
 * One table's publication in three engines: rows that it holds, rows that a run has staged, and
 * what it holds afterwards.
 *
 * @param interval what the run owns; null if it merges
 */
record PublicationOfEdges(
    ThreeEngines engines, Contract contract, @Nullable DataInterval interval) {
  private static final int HELD = 10;
  private static final int STAGED = 8;
  private static final String STAMPS = "TIMESTAMP '2024-06-01 12:00:00.654321'";
  private static final String STAGING = "staged";

  /** What each engine's table holds after the publication, and under "before" what it held. */
  Map<String, List<String>> outcomes() throws SQLException, IOException {
    int rows = stage();
    String table = TableNames.sql(NAMES.table(contract));
    Map<String, List<String>> outcomes = new TreeMap<>();
    outcomes.put("before", told(engines.googleSql().rows(table)));
    new GoogleSqlScript(engines.googleSql()).run(script(rows));
    engines.forget(contract);
    outcomes.put("GoogleSQL", told(engines.googleSql().rows(table)));
    outcomes.put("DuckDB", published(engines.duckDb(), rows, DuckDbSql::query));
    outcomes.put("PostgreSQL", published(engines.postgres(), rows, PostgresSql::query));
    return outcomes;
  }

  /** Which figures each engine says that the publication will change. */
  Map<String, List<String>> restatements(Restating restating) throws SQLException, IOException {
    var unused = stage();
    String stamps = RUN.ingestedAtSql() + ", " + RUN.runIdSql();
    RestatementSql googleSql =
        new RestatementSql(
            restating, c -> TableNames.sql(NAMES.table(c)), "`", "STRING", stamps, interval);
    RestatementSql shared =
        new RestatementSql(
            restating, PublicationOfEdges::name, "\"", "VARCHAR", STAMPS + ", 'x'", interval);
    String changes =
        selected(shared.insert(List.of(new RestatementSql.Mart(contract, stagedRows()))));
    RestatementSql.Mart staged =
        new RestatementSql.Mart(
            contract, "SELECT * FROM " + TableNames.sql(NAMES.staging(contract, RUN)));
    return new TreeMap<>(
        Map.of(
            "GoogleSQL",
            changes(engines.googleSql().query(selected(googleSql.insert(List.of(staged))))),
            "DuckDB",
            changes(DuckDbSql.query(engines.duckDb(), changes)),
            "PostgreSQL",
            changes(PostgresSql.query(engines.postgres(), changes))));
  }

  /** Without the two stamps. */
  private static List<String> changes(QueryResult answer) {
    return answer.rows().stream()
        .map(
            row ->
                row.subList(0, row.size() - 2).stream()
                    .map(ThreeEngines::told)
                    .collect(joining(" | ")))
        .sorted()
        .toList();
  }

  private static String selected(String insert) {
    return insert.substring(insert.indexOf("WITH"));
  }

  /** Fills the table and a run's staging table in all engines, and says how many rows wait. */
  private int stage() throws SQLException, IOException {
    engines.fill(contract, held());
    List<Map<String, Object>> staged = staged();
    engines.googleSql().fill(TableNames.sql(NAMES.staging(contract, RUN)), staged);
    engines.fillDatabases(
        STAGING, contract.table(), ContractTables.stagedColumns(contract), staged);
    return staged.size();
  }

  private String script(int rows) {
    StagedTable staged =
        new StagedTable(contract, NAMES.staging(contract, RUN), rows, 0, Optional.empty());
    String script = new PublishScript(NAMES, RUN, "UTC", interval).sql(List.of(staged));
    // The table of settings is one of those that are published.
    return script.substring(script.indexOf("BEGIN TRANSACTION"));
  }

  private interface Asked {
    QueryResult query(Connection connection, String sql) throws SQLException;
  }

  /** Publishes, looks and takes it back. */
  private List<String> published(Connection connection, int rows, Asked asked) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      var unused =
          new PublishSql(contract, name(contract), stagedRows(), interval).run(statement, rows);
      return told(asked.query(connection, "SELECT * FROM " + name(contract)));
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static String name(Contract contract) {
    return "\"" + contract.layer().id() + "\".\"" + contract.table() + "\"";
  }

  /** As the run will stamp them. */
  private String stagedRows() {
    return contract.columns().stream()
        .map(this::published)
        .collect(
            joining(", ", "SELECT ", " FROM " + STAGING + ".\"" + contract.table() + "\" AS s"));
  }

  private String published(TableFieldSchema column) {
    return switch (column.getName()) {
      case "_ingested_at" -> STAMPS + " AS _ingested_at";
      case "_run_id" -> RUN.runIdSql() + " AS _run_id";
      default -> "s.\"" + column.getName() + "\"";
    };
  }

  private List<String> told(QueryResult rows) {
    return ThreeEngines.told(contract.columns(), rows);
  }

  private List<Map<String, Object>> held() {
    List<Map<String, Object>> rows =
        new ArrayList<>(EdgeRows.valid(contract, contract.columns(), 1, 2 * HELD));
    for (int i = 0; i < rows.size(); i++) {
      boolean isOwn = i % 3 == 0;
      rows.get(i).put("_run_id", isOwn ? RUN.runId() : "earlier");
      rows.get(i)
          .put("_ingested_at", isOwn ? RUN.ingestedAt() : Instant.parse("2024-05-01T00:00:00Z"));
    }
    return rows.stream().filter(EdgeRows.differentKeys(contract)).limit(HELD).toList();
  }

  /** Rows of which some have keys that the table holds. */
  private List<Map<String, Object>> staged() {
    boolean isMerge = interval == null && contract.isVersioned();
    List<Map<String, Object>> rows = new ArrayList<>();
    List<Map<String, Object>> given =
        EdgeRows.valid(contract, ContractTables.stagedColumns(contract), 2, 2 * STAGED);
    List<Map<String, Object>> held = held();
    Set<Object> withoutPayload = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      Map<String, Object> row = new LinkedHashMap<>(given.get(i));
      if (i % 2 == 0 && !held.isEmpty()) {
        Map<String, Object> namesake = held.get(i / 2 % Math.min(3, held.size()));
        contract.primaryKey().stream()
            .filter(row::containsKey)
            .forEach(key -> row.put(key, namesake.get(key)));
      }
      if (!isMerge && interval != null && isByInterval()) {
        row.put(contract.partitionColumn().orElseThrow(), day(i));
      }
      if (isMerge) {
        // Two of one key that nothing tells apart may come in any order.
        List<Object> key = contract.primaryKey().stream().map(row::get).toList();
        boolean isLast = row.get("_payload") == null && withoutPayload.add(key);
        row.put("_payload", isLast ? null : "ž " + i);
      }
      rows.add(row);
    }
    return isMerge
        ? ImmutableList.copyOf(rows.subList(0, Math.min(rows.size(), 2 * STAGED)))
        : rows.stream().filter(EdgeRows.differentKeys(contract)).limit(STAGED).toList();
  }

  private boolean isByInterval() {
    return contract.ownership() == Ownership.EVENT || contract.ownership() == Ownership.OBSERVED;
  }

  private LocalDate day(int i) {
    DataInterval days = contract.owned(interval);
    List<LocalDate> ends = List.of(days.from(), days.to().minusDays(1), days.from().plusDays(1));
    return ends.get(i % ends.size());
  }
}
