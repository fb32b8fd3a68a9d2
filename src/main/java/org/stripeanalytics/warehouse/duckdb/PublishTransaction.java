package org.stripeanalytics.warehouse.duckdb;

import static com.google.common.base.Preconditions.checkState;
import static org.stripeanalytics.warehouse.duckdb.TableSql.list;
import static org.stripeanalytics.warehouse.duckdb.TableSql.literal;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.warehouse.PublishSql;
import org.stripeanalytics.warehouse.PublishedTable;

/**
 * Replaces what a run owns of several tables by what it has staged for them, in one transaction:
 * either all of it is visible afterwards or nothing has changed.
 *
 * @param interval what the run owns; null if it merges into what the tables hold
 */
record PublishTransaction(
    DuckDbFile file, String runId, @Nullable DataInterval interval, Instant ingestedAt)
    implements Serializable {

  /**
   * @param staged the tables to publish, each with its staged files; none empties what the run owns
   * @throws IllegalStateException when the database says no, or finds other rows in the files than
   *     were written into them
   */
  List<PublishedTable> publish(Map<WarehouseTable<?>, StagedFiles> staged) throws IOException {
    try (Connection connection = file.connect();
        Statement statement = connection.createStatement()) {
      // Closing the connection before the commit takes everything back.
      statement.execute("BEGIN TRANSACTION");
      ImmutableList.Builder<PublishedTable> published = ImmutableList.builder();
      for (Map.Entry<WarehouseTable<?>, StagedFiles> table : staged.entrySet()) {
        PublishedTable result = publish(statement, table.getKey(), table.getValue().paths());
        checkNothingIsLost(table.getKey().contract(), table.getValue().rows(), result);
        published.add(result.withBytes(table.getValue().bytes()));
      }
      // Until now nothing was written where committed data is; whoever copies the file may finish.
      try (LockFile.Hold unused = file.holdBytes()) {
        statement.execute("COMMIT");
      }
      return published.build();
    } catch (SQLException e) {
      throw new IllegalStateException("run " + runId + " could not publish to " + file, e);
    }
  }

  private PublishedTable publish(Statement statement, WarehouseTable<?> table, List<String> files)
      throws SQLException {
    Contract contract = table.contract();
    PublishSql sql =
        new PublishSql(contract, TableSql.name(contract), rows(contract, files), interval);
    if (PublishSql.isMerge(contract, interval)) {
      return merge(statement, sql, files);
    }
    for (String deletion : sql.deletions()) {
      statement.executeLargeUpdate(deletion);
    }
    long rows = 0;
    if (!files.isEmpty()) {
      for (String insertion : insertions(statement, sql)) {
        rows = statement.executeLargeUpdate(insertion);
      }
    }
    return PublishedTable.of(table.name(), rows);
  }

  /** An upsert by the later day passes over older rows, and does not say how many. */
  private static void checkNothingIsLost(Contract contract, long staged, PublishedTable result) {
    checkState(
        contract.ownership() == Ownership.LATEST
            || staged == result.getRows() + result.getSuperseded(),
        "%s rows of %s were staged, and %s inserted and %s superseded",
        staged,
        contract.name(),
        result.getRows(),
        result.getSuperseded());
  }

  private PublishedTable merge(Statement statement, PublishSql sql, List<String> files)
      throws SQLException {
    String table = sql.contract().name();
    if (files.isEmpty()) {
      return PublishedTable.of(table, 0);
    }
    long inserted = 0;
    for (String step : sql.merge()) {
      inserted = statement.executeLargeUpdate(step);
    }
    try (ResultSet loaded = statement.executeQuery(sql.countLoaded())) {
      loaded.next();
      return PublishedTable.of(table, inserted, loaded.getLong(1) - inserted);
    }
  }

  /** Statements of which the last inserts. */
  private static List<String> insertions(Statement statement, PublishSql sql) throws SQLException {
    return sql.mayMeetOthers() && holdsRows(statement, sql)
        ? sql.upsert()
        : ImmutableList.of(sql.insertion());
  }

  private static boolean holdsRows(Statement statement, PublishSql sql) throws SQLException {
    try (ResultSet any = statement.executeQuery(sql.holdsRows())) {
      any.next();
      return any.getBoolean(1);
    }
  }

  private String rows(Contract contract, List<String> files) {
    var staged =
        contract.columns().stream()
            .filter(column -> !Contract.STAMPED_COLUMNS.contains(column.getName()))
            .toList();
    return "SELECT "
        + list(contract.columns(), this::value)
        + " FROM read_json(["
        + list(files, TableSql::literal)
        + "], format = 'newline_delimited', columns = {"
        + list(staged, c -> quoted(c.getName()) + ": " + literal(TableSql.stagedType(c)))
        + "}) AS staged_rows";
  }

  private String value(TableFieldSchema column) {
    return switch (column.getName()) {
      case "_ingested_at" -> ingestedAtSql() + " AS _ingested_at";
      case "_run_id" -> literal(runId) + " AS _run_id";
      default ->
          TableSql.fromStaged(column, "staged_rows." + quoted(column.getName()))
              + " AS "
              + quoted(column.getName());
    };
  }

  private String ingestedAtSql() {
    return "make_timestamp(" + EpochMicros.of(ingestedAt) + ")";
  }
}
