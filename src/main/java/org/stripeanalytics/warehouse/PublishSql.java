package org.stripeanalytics.warehouse;

import static com.google.common.base.Preconditions.checkState;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.VersionOrder;
import org.stripeanalytics.model.DataInterval;

/**
 * How one table's staged rows take the place of what a run owns, as statements of a transaction, in
 * the SQL that DuckDB and PostgreSQL share.
 *
 * @param table its name in the warehouse's SQL
 * @param rows a query for what was staged: all columns of the contract in their order, stamps
 *     included
 * @param interval what the run owns; null if it merges into what the table holds
 */
public record PublishSql(
    Contract contract, String table, String rows, @Nullable DataInterval interval) {

  /** Whether staged end-of-day versions are put among those that the table holds. */
  public static boolean isMerge(Contract contract, @Nullable DataInterval interval) {
    return interval == null && contract.isVersioned();
  }

  /** Whether not all staged rows need find their way into the table. */
  public boolean mayPassOver() {
    return contract.ownership() == Ownership.LATEST;
  }

  /** Whether staged rows may have the keys of rows that the deletions leave. */
  public boolean mayMeetOthers() {
    return contract.ownership() == Ownership.APPEND || contract.ownership() == Ownership.LATEST;
  }

  /** Whether the table holds rows. */
  public String holdsRows() {
    return "SELECT EXISTS (SELECT 1 FROM " + table + ")";
  }

  /** What the run takes away of the table before it inserts. */
  public List<String> deletions() {
    String delete = "DELETE FROM " + table;
    return switch (contract.ownership()) {
      case EVENT, OBSERVED -> ImmutableList.of(delete + " WHERE " + owned());
      case WHOLE -> ImmutableList.of(delete);
      case APPEND -> ImmutableList.of();
      case LATEST ->
          interval == null
              ? ImmutableList.of()
              : ImmutableList.of(
                  delete + " WHERE " + within(quoted("_as_of"), Contract.known(interval)));
    };
  }

  /** Puts the staged rows in, where no other has the key of one. */
  public String insertion() {
    return "INSERT INTO " + table + " (" + columns() + ") " + rows;
  }

  /**
   * A row already there gives way to one with its key, unless it was computed as of a later day.
   * Rows that are appended have their run in the key: they meet only those of their own first try,
   * in case it was committed and not noticed. The last statement inserts.
   */
  public List<String> upsert() {
    String staged = quoted("staged_" + contract.name());
    return ImmutableList.of(
        "CREATE TEMP TABLE " + staged + " AS " + rows,
        "DELETE FROM "
            + table
            + " AS kept USING "
            + staged
            + " AS given WHERE "
            + sameKey()
            + (mayPassOver() ? " AND kept._as_of <= given._as_of" : ""),
        insertionOfNewKeys(staged));
  }

  /**
   * Puts loaded end-of-day versions among those that the table holds, by primary key and in the
   * order of {@link Warehouse#mergingPublication}. The last statement inserts.
   */
  public List<String> merge() {
    String best = quoted("best_" + contract.name());
    return ImmutableList.of(
        "CREATE TEMP TABLE " + loaded() + " AS " + rows,
        "CREATE TEMP TABLE "
            + best
            + " AS SELECT "
            + columns()
            + " FROM (SELECT *, row_number() OVER (PARTITION BY "
            + contract.primaryKey().stream().map(PublishSql::quoted).collect(joining(", "))
            + " ORDER BY "
            + rank("row_loaded").stream().map(term -> term + " DESC").collect(joining(", "))
            + ") AS _place FROM "
            + loaded()
            + " AS row_loaded) AS placed WHERE _place = 1",
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

  /** How many rows a merge has loaded, those with the same key included. */
  public String countLoaded() {
    return "SELECT count(*) FROM " + loaded();
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
