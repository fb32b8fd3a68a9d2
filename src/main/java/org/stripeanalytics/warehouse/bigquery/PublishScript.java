package org.stripeanalytics.warehouse.bigquery;

import static com.google.common.base.Preconditions.checkState;
import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.VersionOrder;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.RestatementSql;
import org.stripeanalytics.warehouse.Restating;

/**
 * The GoogleSQL script that publishes one run: one transaction in which, table by table, what the
 * run owns gives way to what it has staged. It is written in the part of GoogleSQL that DuckDB
 * understands too, but for its quotes, {@code ASSERT} and {@code TO_HEX}, so that the tests can run
 * it.
 *
 * <p>The whole script may run again after it has committed: it would do the same once more.
 *
 * @param reportingZone is recorded by the first run of a warehouse and asserted by all
 * @param interval what the run owns; null if it merges into what the tables hold
 */
record PublishScript(
    TableNames names, RunStamp run, String reportingZone, @Nullable DataInterval interval)
    implements Serializable {

  private static final String END = ";\n";

  String sql(List<StagedTable> tables) {
    return sql(tables, null, List.of());
  }

  /**
   * Likewise, and lists the published figures that change.
   *
   * @param restating how the run differs from earlier ones; null if they are not to be listed
   * @param published the tables among {@code tables} that hold rows
   */
  String sql(List<StagedTable> tables, @Nullable Restating restating, List<StagedTable> published) {
    StringBuilder script = new StringBuilder();
    script.append(settings());
    // Assertions are not allowed within a transaction, so they stand before it.
    script.append("BEGIN TRANSACTION").append(END);
    if (restating != null && !published.isEmpty()) {
      script.append(restatements(restating).insert(marts(published))).append(END);
    }
    tables.forEach(table -> script.append(replace(table)));
    script.append("COMMIT TRANSACTION").append(END);
    String counts =
        tables.stream()
            .filter(table -> isUpsert(table.contract()))
            .map(this::count)
            .collect(joining("\nUNION ALL "));
    if (!counts.isEmpty()) {
      script.append(counts).append(END);
    }
    return script.toString();
  }

  private RestatementSql restatements(Restating restating) {
    return new RestatementSql(restating, this::table, "`", "STRING", stamps(), interval);
  }

  private static List<RestatementSql.Mart> marts(List<StagedTable> tables) {
    return tables.stream()
        .map(
            table ->
                new RestatementSql.Mart(
                    table.contract(), "SELECT * FROM " + TableNames.sql(table.location())))
        .toList();
  }

  /**
   * A query for what the staging tables hold: table, rows, and the first and last of their days.
   */
  String extents(List<Contract> contracts) {
    return contracts.stream().map(this::extent).collect(joining("\nUNION ALL "));
  }

  /** Whether not all staged rows need find their way into the table. */
  boolean isUpsert(Contract contract) {
    return contract.ownership() == Ownership.LATEST
        || contract.ownership() == Ownership.FIRST
        || isMerge(contract);
  }

  /** Whether staged end-of-day versions are put among those that the table holds. */
  boolean isMerge(Contract contract) {
    return interval == null && contract.isVersioned();
  }

  private String extent(Contract contract) {
    // Only a merge has use for the days; to count alone reads nothing.
    String days =
        isMerge(contract)
            ? "MIN(`%1$s`) AS first_day, MAX(`%1$s`) AS last_day"
                .formatted(contract.partitionColumn().orElseThrow())
            : "CAST(NULL AS DATE) AS first_day, CAST(NULL AS DATE) AS last_day";
    return "SELECT '"
        + contract.name()
        + "' AS staged_table, COUNT(*) AS staged_rows, "
        + days
        + " FROM "
        + TableNames.sql(names.staging(contract, run));
  }

  private String settings() {
    String settings = TableNames.sql(names.table(Tables.WAREHOUSE_SETTINGS.contract()));
    String zone = "'" + reportingZone + "'";
    return "INSERT INTO "
        + settings
        + " (`name`, `value`, `_ingested_at`, `_run_id`)\nSELECT 'reporting_zone', "
        + zone
        + ", "
        + stamps()
        + "\nFROM (SELECT COUNT(*) AS stored FROM "
        + settings
        + " WHERE `name` = 'reporting_zone') AS settings\nWHERE stored = 0"
        + END
        + "ASSERT (SELECT COUNT(*) FROM "
        + settings
        + " WHERE `name` = 'reporting_zone' AND `value` = "
        + zone
        + ") = 1\nAS 'the warehouse was created for another reporting zone than "
        + reportingZone
        + "'"
        + END;
  }

  private String replace(StagedTable staged) {
    Contract contract = staged.contract();
    if (isMerge(contract)) {
      return staged.rows() == 0 ? "" : merge(staged);
    }
    return switch (contract.ownership()) {
      case EVENT, OBSERVED -> delete(contract, owned(contract)) + insert(staged);
      case WHOLE -> delete(contract, "TRUE") + insert(staged);
      case APPEND -> delete(contract, ofFirstTry(staged)) + insert(staged);
      case FIRST -> staged.rows() == 0 ? "" : firsts(staged);
      case LATEST -> deleteKnown(contract) + (staged.rows() == 0 ? "" : upsert(staged));
    };
  }

  private String delete(Contract contract, String which) {
    return "DELETE FROM " + table(contract) + " AS kept\nWHERE " + which + END;
  }

  /** What the run knows the newest of gives way whole, in case its key no longer comes about. */
  private String deleteKnown(Contract contract) {
    return interval == null ? "" : delete(contract, within("`_as_of`", Contract.known(interval)));
  }

  /** Rows that an earlier try of this publication left; those of others in its run stay. */
  private String ofFirstTry(StagedTable staged) {
    return stamped()
        + " AND EXISTS (SELECT 1 FROM "
        + TableNames.sql(staged.location())
        + " AS given WHERE "
        + staged.contract().primaryKey().stream()
            .filter(key -> !Contract.STAMPED_COLUMNS.contains(key))
            .map(key -> "kept.`" + key + "` = given.`" + key + "`")
            .collect(joining(" AND "))
        + ")";
  }

  private String insert(StagedTable staged) {
    return "INSERT INTO "
        + table(staged.contract())
        + " ("
        + columns(staged.contract(), name -> name)
        + ", `_ingested_at`, `_run_id`)\nSELECT "
        + columns(staged.contract(), name -> name)
        + ", "
        + stamps()
        + "\nFROM "
        + TableNames.sql(staged.location())
        + END;
  }

  /** A row already there gives way unless it was computed as of a later day. */
  private String upsert(StagedTable staged) {
    return "MERGE INTO "
        + table(staged.contract())
        + " AS kept\nUSING "
        + TableNames.sql(staged.location())
        + " AS given\nON "
        + sameKey(staged.contract())
        + "\nWHEN MATCHED AND kept.`_as_of` <= given.`_as_of` THEN "
        + takePlace(staged.contract());
  }

  /** Adds what has no namesake yet, one of each key. */
  private String firsts(StagedTable staged) {
    Contract contract = staged.contract();
    return "MERGE INTO "
        + table(contract)
        + " AS kept\nUSING (\n  SELECT *\n  FROM "
        + TableNames.sql(staged.location())
        + " AS loaded\n  WHERE TRUE\n  QUALIFY ROW_NUMBER() OVER (PARTITION BY "
        + contract.primaryKey().stream().map(key -> "`" + key + "`").collect(joining(", "))
        + ") = 1\n) AS given\nON "
        + sameKey(contract)
        + "\n"
        + insertNew(contract);
  }

  /** The order is that of {@link org.stripeanalytics.warehouse.Warehouse#mergingPublication}. */
  private String merge(StagedTable staged) {
    Contract contract = staged.contract();
    return "MERGE INTO "
        + table(contract)
        + " AS kept\nUSING (\n  SELECT *\n  FROM "
        + TableNames.sql(staged.location())
        + " AS loaded\n  WHERE TRUE\n  QUALIFY ROW_NUMBER() OVER (\n    PARTITION BY "
        + contract.primaryKey().stream().map(key -> "`" + key + "`").collect(joining(", "))
        + "\n    ORDER BY "
        + rank(contract, "loaded", run.ingestedAtSql()).stream()
            .map(term -> term + " DESC")
            .collect(joining(", "))
        + ") = 1\n) AS given\nON "
        + sameKey(contract)
        // Says nothing new, and keeps BigQuery from reading the other partitions.
        + staged
            .days()
            .map(days -> "\n  AND " + within("kept." + partition(contract), days))
            .orElse("")
        + "\nWHEN MATCHED AND "
        + notAbove(
            VersionOrder.sameDelivery("kept", "given"),
            rank(contract, "kept", "kept._ingested_at"),
            rank(contract, "given", run.ingestedAtSql()))
        + " THEN "
        + takePlace(contract);
  }

  private String takePlace(Contract contract) {
    String set =
        staged(contract)
            .filter(column -> !contract.primaryKey().contains(column))
            .map(column -> "`" + column + "` = given.`" + column + "`")
            .collect(joining(", "));
    return "UPDATE SET "
        + set
        + ", `_ingested_at` = "
        + run.ingestedAtSql()
        + ", `_run_id` = "
        + run.runIdSql()
        + "\n"
        + insertNew(contract);
  }

  private String insertNew(Contract contract) {
    return "WHEN NOT MATCHED THEN INSERT ("
        + columns(contract, name -> name)
        + ", `_ingested_at`, `_run_id`)\nVALUES ("
        + columns(contract, name -> "given." + name)
        + ", "
        + stamps()
        + ")"
        + END;
  }

  private String count(StagedTable staged) {
    return "SELECT '"
        + staged.contract().name()
        + "' AS published_table, COUNT(*) AS published_rows FROM "
        + table(staged.contract())
        + " WHERE "
        + stamped()
        + staged
            .days()
            .map(days -> " AND " + within(partition(staged.contract()), days))
            .orElse("");
  }

  private String sameKey(Contract contract) {
    return contract.primaryKey().stream()
        .map(key -> "kept.`" + key + "` = given.`" + key + "`")
        .collect(joining(" AND "));
  }

  private String owned(Contract contract) {
    checkState(interval != null, "a run that owns no interval cannot replace %s", contract.name());
    return within(partition(contract), contract.owned(interval));
  }

  private static String partition(Contract contract) {
    return "`" + contract.partitionColumn().orElseThrow() + "`";
  }

  private static String within(String column, DataInterval days) {
    return column + " >= DATE '" + days.from() + "' AND " + column + " < DATE '" + days.to() + "'";
  }

  private String stamped() {
    return "`_run_id` = " + run.runIdSql() + " AND `_ingested_at` = " + run.ingestedAtSql();
  }

  private String stamps() {
    return run.ingestedAtSql() + ", " + run.runIdSql();
  }

  private String table(Contract contract) {
    return TableNames.sql(names.table(contract));
  }

  private static String columns(Contract contract, Function<String, String> sql) {
    return staged(contract).map(column -> sql.apply("`" + column + "`")).collect(joining(", "));
  }

  private static Stream<String> staged(Contract contract) {
    return contract.columns().stream()
        .map(TableFieldSchema::getName)
        .filter(column -> !Contract.STAMPED_COLUMNS.contains(column));
  }

  /** What two versions are compared by, the first term first; the greater stands. */
  private static List<String> rank(Contract contract, String row, String ingestedAt) {
    return ImmutableList.<String>builder()
        .addAll(VersionOrder.terms(contract, row, ingestedAt))
        .add("TO_HEX(MD5(COALESCE(" + row + "._payload, '')))")
        .build();
  }

  /** The same, or lexicographic {@code <=}, written out: GoogleSQL does not order structs. */
  private static String notAbove(String same, List<String> left, List<String> right) {
    List<String> alternatives = new ArrayList<>(List.of(same));
    String equalSoFar = "";
    for (int i = 0; i < left.size(); i++) {
      boolean last = i == left.size() - 1;
      alternatives.add(equalSoFar + left.get(i) + (last ? " <= " : " < ") + right.get(i));
      equalSoFar += left.get(i) + " = " + right.get(i) + " AND ";
    }
    return "(\n  " + String.join("\n  OR ", alternatives) + ")";
  }
}
