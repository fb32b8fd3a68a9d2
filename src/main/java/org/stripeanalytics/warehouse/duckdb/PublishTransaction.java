package org.stripeanalytics.warehouse.duckdb;

import static com.google.common.base.Preconditions.checkState;
import static java.util.stream.Collectors.joining;
import static org.stripeanalytics.warehouse.duckdb.TableSql.list;
import static org.stripeanalytics.warehouse.duckdb.TableSql.literal;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import com.google.common.collect.ImmutableList;
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
  List<PublishedTable> publish(Map<WarehouseTable<?>, StagedFiles> staged) {
    try (Connection connection = file.connect();
        Statement statement = connection.createStatement()) {
      // Closing the connection before the commit takes everything back.
      statement.execute("BEGIN TRANSACTION");
      ImmutableList.Builder<PublishedTable> published = ImmutableList.builder();
      for (Map.Entry<WarehouseTable<?>, StagedFiles> table : staged.entrySet()) {
        PublishedTable result = publish(statement, table.getKey(), table.getValue().paths());
        checkNothingIsLost(table.getKey().contract(), table.getValue().rows(), result);
        published.add(result);
      }
      statement.execute("COMMIT");
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
    long rows = 0;
    for (String sql : statements(table.contract(), files)) {
      rows = statement.executeLargeUpdate(sql);
    }
    return PublishedTable.of(table.name(), files.isEmpty() ? 0 : rows);
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

  /** What publishes one table; the last statement inserts, unless nothing was staged. */
  private List<String> statements(Contract contract, List<String> files) {
    ImmutableList.Builder<String> statements = ImmutableList.builder();
    String table = TableSql.name(contract);
    switch (contract.ownership()) {
      case EVENT, OBSERVED -> statements.add("DELETE FROM " + table + " WHERE " + owned(contract));
      case WHOLE -> statements.add("DELETE FROM " + table);
      case APPEND -> {
        return files.isEmpty() ? ImmutableList.of() : upsert(contract, files);
      }
      case LATEST -> {
        if (interval != null) {
          String known = within(quoted("_as_of"), Contract.known(interval));
          statements.add("DELETE FROM " + table + " WHERE " + known);
        }
        return files.isEmpty()
            ? statements.build()
            : statements.addAll(upsert(contract, files)).build();
      }
    }
    if (!files.isEmpty()) {
      statements.add("INSERT INTO " + table + " BY NAME " + rows(contract, files));
    }
    return statements.build();
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
