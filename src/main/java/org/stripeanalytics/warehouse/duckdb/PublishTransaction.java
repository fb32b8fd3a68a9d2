package org.stripeanalytics.warehouse.duckdb;

import static com.google.common.base.Preconditions.checkState;
import static java.util.stream.Collectors.joining;
import static org.stripeanalytics.warehouse.duckdb.TableSql.list;
import static org.stripeanalytics.warehouse.duckdb.TableSql.literal;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

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
    if (interval == null && table.contract().isVersioned()) {
      return merge(statement, table.contract(), files);
    }
    Contract contract = table.contract();
    for (String sql : deletions(contract)) {
      statement.executeLargeUpdate(sql);
    }
    long rows = 0;
    if (!files.isEmpty()) {
      for (String sql : insertions(statement, contract, files)) {
        rows = statement.executeLargeUpdate(sql);
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

  private PublishedTable merge(Statement statement, Contract contract, List<String> files)
      throws SQLException {
    if (files.isEmpty()) {
      return PublishedTable.of(contract.name(), 0);
    }
    MergeSql merge = new MergeSql(contract);
    long inserted = 0;
    for (String sql : merge.statements(rows(contract, files))) {
      inserted = statement.executeLargeUpdate(sql);
    }
    try (ResultSet loaded = statement.executeQuery(merge.countLoaded())) {
      loaded.next();
      return PublishedTable.of(contract.name(), inserted, loaded.getLong(1) - inserted);
    }
  }

  /** What a run takes away of a table before it inserts. */
  private List<String> deletions(Contract contract) {
    String delete = "DELETE FROM " + TableSql.name(contract);
    return switch (contract.ownership()) {
      case EVENT, OBSERVED -> ImmutableList.of(delete + " WHERE " + owned(contract));
      case WHOLE -> ImmutableList.of(delete);
      case APPEND -> ImmutableList.of();
      case LATEST ->
          interval == null
              ? ImmutableList.of()
              : ImmutableList.of(
                  delete + " WHERE " + within(quoted("_as_of"), Contract.known(interval)));
    };
  }

  /** Statements of which the last inserts. */
  private List<String> insertions(Statement statement, Contract contract, List<String> files)
      throws SQLException {
    boolean meetsOthers =
        (contract.ownership() == Ownership.APPEND || contract.ownership() == Ownership.LATEST)
            && holdsRows(statement, contract);
    return meetsOthers
        ? upsert(contract, files)
        : ImmutableList.of(
            "INSERT INTO " + TableSql.name(contract) + " BY NAME " + rows(contract, files));
  }

  private static boolean holdsRows(Statement statement, Contract contract) throws SQLException {
    try (ResultSet any =
        statement.executeQuery("SELECT EXISTS (FROM " + TableSql.name(contract) + ")")) {
      any.next();
      return any.getBoolean(1);
    }
  }

  /**
   * A row already there gives way to one with its key, unless it was computed as of a later day.
   * Rows that are appended have their run in the key: they meet only those of their own first try,
   * in case it was committed and not noticed.
   */
  private List<String> upsert(Contract contract, List<String> files) {
    String table = TableSql.name(contract);
    String staged = quoted("staged_" + contract.name());
    String sameKey =
        contract.primaryKey().stream()
            .map(key -> "kept." + quoted(key) + " = staged." + quoted(key))
            .collect(joining(" AND "));
    return ImmutableList.of(
        "CREATE TEMP TABLE " + staged + " AS " + rows(contract, files),
        "DELETE FROM "
            + table
            + " AS kept USING "
            + staged
            + " AS staged WHERE "
            + sameKey
            + (contract.ownership() == Ownership.LATEST ? " AND kept._as_of <= staged._as_of" : ""),
        "INSERT INTO "
            + table
            + " BY NAME SELECT * FROM "
            + staged
            + " AS staged WHERE NOT EXISTS (SELECT 1 FROM "
            + table
            + " AS kept WHERE "
            + sameKey
            + ")");
  }

  private String rows(Contract contract, List<String> files) {
    var staged =
        contract.columns().stream()
            .filter(column -> !Contract.STAMPED_COLUMNS.contains(column.getName()))
            .toList();
    return "SELECT "
        + list(
            staged,
            c ->
                TableSql.fromStaged(c, "staged_rows." + quoted(c.getName()))
                    + " AS "
                    + quoted(c.getName()))
        + ", "
        + ingestedAtSql()
        + " AS _ingested_at, "
        + literal(runId)
        + " AS _run_id FROM read_json(["
        + list(files, TableSql::literal)
        + "], format = 'newline_delimited', columns = {"
        + list(staged, c -> quoted(c.getName()) + ": " + literal(TableSql.stagedType(c)))
        + "}) AS staged_rows";
  }

  private String owned(Contract contract) {
    checkState(interval != null, "a run that owns no interval cannot replace %s", contract.name());
    return within(quoted(contract.partitionColumn().orElseThrow()), contract.owned(interval));
  }

  private static String within(String column, DataInterval days) {
    return column + " >= DATE '" + days.from() + "' AND " + column + " < DATE '" + days.to() + "'";
  }

  private String ingestedAtSql() {
    return "make_timestamp(" + EpochMicros.of(ingestedAt) + ")";
  }
}
