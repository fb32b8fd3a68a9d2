package org.stripeanalytics.warehouse;

import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.TableFieldSchema;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.model.DataInterval;

/**
 * One query for a hash of the rows that a run has put into a table, without the columns that name
 * the run: two runs that put the same rows there have the same. An exclusive or of the hashes of
 * rows is enough, because no two rows of a table are the same.
 */
public final class RunChecksum {
  /** What the rows are called in the query; adapters give a hash of it. */
  public static final String ROW = "checked_row";

  /** The checksum of a table into which a run has put nothing. */
  public static final String NO_ROWS = "0";

  private RunChecksum() {}

  /**
   * @param rowHash an expression for a 64-bit hash of {@link #ROW} in the warehouse's SQL
   * @param interval what the run owns, so that only its partitions are read; null for all
   */
  public static String sql(
      Contract contract, String runId, @Nullable DataInterval interval, String rowHash) {
    return "SELECT COALESCE(CAST(BIT_XOR("
        + rowHash
        + ") AS STRING), '"
        + NO_ROWS
        + "') FROM (SELECT "
        + contract.columns().stream()
            .map(TableFieldSchema::getName)
            .filter(column -> !Contract.STAMPED_COLUMNS.contains(column))
            // Behind a dot even a reserved word is a name, in every warehouse and unquoted.
            .map(column -> "stored." + column)
            .collect(joining(", "))
        + " FROM "
        + contract.name()
        + " AS stored WHERE _run_id = '"
        + runId
        + "'"
        + owned(contract, interval)
        + ") AS "
        + ROW;
  }

  private static String owned(Contract contract, @Nullable DataInterval interval) {
    boolean isByInterval =
        contract.ownership() == Ownership.EVENT || contract.ownership() == Ownership.OBSERVED;
    if (interval == null || !isByInterval) {
      return "";
    }
    String column = contract.partitionColumn().orElseThrow();
    DataInterval days = contract.owned(interval);
    return " AND %1$s >= DATE '%2$s' AND %1$s < DATE '%3$s'"
        .formatted(column, days.from(), days.to());
  }
}
