package org.stripeanalytics.warehouse;

import static com.google.common.base.Preconditions.checkState;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.VersionOrder;
import org.stripeanalytics.model.DataInterval;

/**
 * How one table's staged rows take the place of what a run owns, in the SQL that DuckDB and
 * PostgreSQL share.
 *
 * @param table its name in the warehouse's SQL
 * @param rows a query for what was staged: all columns of the contract in their order, stamps
 *     included
 * @param interval what the run owns; null if it merges into what the table holds
 */
public record PublishSql(
    Contract contract, String table, String rows, @Nullable DataInterval interval) {

  /**
   * Runs the statements, within the transaction of {@code statement}.
   *
   * @param staged how many rows the workers have staged
   * @throws IllegalStateException when the database finds other rows than those
   */
  public PublishedTable run(Statement statement, long staged) throws SQLException {
    PublishedTable result = replace(statement, staged);
    // An upsert by the later day passes over older rows, and does not say how many.
    checkState(
        contract.ownership() == Ownership.LATEST
            || staged == result.getRows() + result.getSuperseded(),
        "%s rows of %s were staged, and %s inserted and %s superseded",
        staged,
        contract.name(),
        result.getRows(),
        result.getSuperseded());
    return result;
  }

  private PublishedTable replace(Statement statement, long staged) throws SQLException {
    // A run that merges owns nothing of the versions that others have left.
    boolean isMerge = interval == null && contract.isVersioned();
    if (!isMerge) {
      for (String deletion : deletions()) {
        statement.executeLargeUpdate(deletion);
      }
    }
    if (staged == 0) {
      return PublishedTable.of(contract.name(), 0);
    }
    long inserted = 0;
    for (String step : isMerge ? merge() : insertions(statement)) {
      inserted = statement.executeLargeUpdate(step);
    }
    boolean mayPassOver = isMerge || contract.ownership() == Ownership.FIRST;
    return PublishedTable.of(
        contract.name(), inserted, mayPassOver ? count(statement) - inserted : 0);
  }

  /** Statements of which the last inserts. */
  private List<String> insertions(Statement statement) throws SQLException {
    if (contract.ownership() == Ownership.FIRST) {
      return firsts();
    }
    boolean mayMeetOthers =
        contract.ownership() == Ownership.APPEND || contract.ownership() == Ownership.LATEST;
    return mayMeetOthers && holdsRows(statement)
        ? upsert()
        : ImmutableList.of("INSERT INTO " + table + " (" + columns() + ") " + rows);
  }

  private boolean holdsRows(Statement statement) throws SQLException {
    try (ResultSet any = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM " + table + ")")) {
      any.next();
      return any.getBoolean(1);
    }
  }

  /** How many rows a merge has loaded, those with the same key included. */
  private long count(Statement statement) throws SQLException {
    try (ResultSet all = statement.executeQuery("SELECT count(*) FROM " + loaded())) {
      all.next();
      return all.getLong(1);
    }
  }

  /** What the run takes away of the table before it inserts. */
  private List<String> deletions() {
    String delete = "DELETE FROM " + table;
    return switch (contract.ownership()) {
      case EVENT, OBSERVED -> ImmutableList.of(delete + " WHERE " + owned());
      case WHOLE -> ImmutableList.of(delete);
      case APPEND, FIRST -> ImmutableList.of();
      case LATEST ->
          interval == null
              ? ImmutableList.of()
              : ImmutableList.of(
                  delete + " WHERE " + within(quoted("_as_of"), Contract.known(interval)));
    };
  }

  /**
   * A row already there gives way to one with its key, unless it was computed as of a later day.
   * Rows that are appended have their run in the key: they meet only those of their own first try,
   * in case it was committed and not noticed. The last statement inserts.
   */
  private List<String> upsert() {
    String staged = quoted("staged_" + contract.name());
    return ImmutableList.of(
        "CREATE TEMP TABLE " + staged + " AS " + rows,
        "DELETE FROM "
            + table
            + " AS kept USING "
            + staged
            + " AS given WHERE "
            + sameKey()
            + (contract.ownership() == Ownership.LATEST ? " AND kept._as_of <= given._as_of" : ""),
        insertionOfNewKeys(staged));
  }

  /** Adds what has no namesake yet, one of each key. The last statement inserts. */
  private List<String> firsts() {
    String best = quoted("best_" + contract.name());
    return ImmutableList.of(
        "CREATE TEMP TABLE " + loaded() + " AS " + rows,
        "CREATE TEMP TABLE " + best + " AS " + onePerKey("_ingested_at"),
        insertionOfNewKeys(best));
  }

  /** Of the loaded rows with one key the first in an order. */
  private String onePerKey(String order) {
    return "SELECT "
        + columns()
        + " FROM (SELECT *, row_number() OVER (PARTITION BY "
        + contract.primaryKey().stream().map(PublishSql::quoted).collect(joining(", "))
        + " ORDER BY "
        + order
        + ") AS _place FROM "
        + loaded()
        + " AS row_loaded) AS placed WHERE _place = 1";
  }

  /**
   * Puts loaded end-of-day versions among those that the table holds, by primary key and in the
   * order of {@link Warehouse#mergingPublication}. The last statement inserts.
   */
  private List<String> merge() {
    String best = quoted("best_" + contract.name());
    return ImmutableList.of(
        "CREATE TEMP TABLE " + loaded() + " AS " + rows,
        "CREATE TEMP TABLE "
            + best
            + " AS "
            + onePerKey(
                rank("row_loaded").stream().map(term -> term + " DESC").collect(joining(", "))),
        "DELETE FROM "
            + table
            + " AS kept USING "
            + best
            + " AS given WHERE "
            + sameKey()
            + " AND ("
            + VersionOrder.sameDelivery("kept", "given")
            + " OR "
            + notAbove(rank("kept"), rank("given"))
            + ")",
        insertionOfNewKeys(best));
  }

  private String loaded() {
    return quoted("loaded_" + contract.name());
  }

  private String insertionOfNewKeys(String from) {
    return "INSERT INTO "
        + table
        + " ("
        + columns()
        + ") SELECT "
        + columns()
        + " FROM "
        + from
        + " AS given WHERE NOT EXISTS (SELECT 1 FROM "
        + table
        + " AS kept WHERE "
        + sameKey()
        + ")";
  }

  private String columns() {
    return contract.columns().stream()
        .map(column -> quoted(column.getName()))
        .collect(joining(", "));
  }

  private String sameKey() {
    return contract.primaryKey().stream()
        .map(key -> "kept." + quoted(key) + " = given." + quoted(key))
        .collect(joining(" AND "));
  }

  /** What two versions are compared by, the first term first; the greater stands. */
  private List<String> rank(String row) {
    return ImmutableList.<String>builder()
        .addAll(VersionOrder.terms(contract, row, row + "._ingested_at"))
        .add("md5(coalesce(" + row + "._payload, ''))")
        .build();
  }

  /** Lexicographic {@code <=}, written out because not every SQL compares tuples. */
  private static String notAbove(List<String> left, List<String> right) {
    String condition = "TRUE";
    for (int i = left.size() - 1; i >= 0; i--) {
      condition =
          "("
              + left.get(i)
              + " < "
              + right.get(i)
              + " OR ("
              + left.get(i)
              + " = "
              + right.get(i)
              + " AND "
              + condition
              + "))";
    }
    return condition;
  }

  private String owned() {
    checkState(interval != null, "a run that owns no interval cannot replace %s", contract.name());
    return within(quoted(contract.partitionColumn().orElseThrow()), contract.owned(interval));
  }

  private static String within(String column, DataInterval days) {
    return column + " >= DATE '" + days.from() + "' AND " + column + " < DATE '" + days.to() + "'";
  }

  private static String quoted(String identifier) {
    return '"' + identifier + '"';
  }
}
