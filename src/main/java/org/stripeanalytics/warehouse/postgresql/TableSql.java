package org.stripeanalytics.warehouse.postgresql;

import static java.util.stream.Collectors.joining;
import static org.stripeanalytics.warehouse.postgresql.SchemaNames.literal;
import static org.stripeanalytics.warehouse.postgresql.SchemaNames.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Function;
import org.stripeanalytics.contract.Contract;

/**
 * A contract in PostgreSQL's words. Timestamps are TIMESTAMP without a zone, holding UTC, as in
 * DuckDB: their dates and months are then the same in every session. Records and lists are JSONB,
 * in which timestamps and dates are texts in ISO 8601 and decimals texts; what is null is left out.
 */
final class TableSql {
  private TableSql() {}

  /**
   * The table, with its comments. There is no key: publications keep it.
   *
   * @param hasLz4 whether the server can compress by LZ4
   */
  static List<String> create(SchemaNames names, Contract contract, boolean hasLz4) {
    ImmutableList.Builder<String> statements = ImmutableList.builder();
    statements.add(
        "CREATE TABLE "
            + names.table(contract)
            + " ("
            + list(contract.columns(), TableSql::declaration)
            + ")"
            + contract
                .partitionColumn()
                .map(column -> " PARTITION BY RANGE (" + quoted(column) + ")")
                .orElse(""));
    statements.addAll(
        DocumentStorage.of(names.table(contract), contract, contract.columns(), hasLz4));
    statements.add(
        "COMMENT ON TABLE " + names.table(contract) + " IS " + literal(contract.description()));
    contract.columns().forEach(column -> statements.add(comment(names, contract, column)));
    return statements.build();
  }

  /** A column as CREATE TABLE and ADD COLUMN want it. */
  static String declaration(TableFieldSchema column) {
    String declared = quoted(column.getName()) + " " + type(column);
    if (isRepeated(column)) {
      return declared + " NOT NULL DEFAULT '[]'";
    }
    return "REQUIRED".equals(column.getMode()) ? declared + " NOT NULL" : declared;
  }

  static String comment(SchemaNames names, Contract contract, TableFieldSchema column) {
    return "COMMENT ON COLUMN "
        + names.table(contract)
        + "."
        + quoted(column.getName())
        + " IS "
        + literal(column.getDescription());
  }

  /**
   * Makes a partition beside the table and then attaches it, which waits for no reader and lets
   * none wait. Comments stay with the table; a copy of each for every month would say nothing new.
   */
  static List<String> createPartition(SchemaNames names, Contract contract, YearMonth month) {
    String partition = names.in(contract.layer(), SchemaNames.partition(contract, month));
    return ImmutableList.of(
        "CREATE TABLE "
            + partition
            + " (LIKE "
            + names.table(contract)
            + " INCLUDING ALL EXCLUDING COMMENTS)",
        "ALTER TABLE "
            + names.table(contract)
            + " ATTACH PARTITION "
            + partition
            + " "
            + rangeOf(month));
  }

  /** The days of a month, as a partition's definition ends. */
  static String rangeOf(YearMonth month) {
    return "FOR VALUES FROM ('%s') TO ('%s')"
        .formatted(month.atDay(1), month.plusMonths(1).atDay(1));
  }

  static String type(TableFieldSchema column) {
    if (isRepeated(column)) {
      return "jsonb";
    }
    return switch (column.getType()) {
      case "STRING" -> "text";
      case "INTEGER" -> "bigint";
      case "NUMERIC" -> "numeric(38,9)";
      case "BOOLEAN" -> "boolean";
      case "DATE" -> "date";
      case "TIMESTAMP" -> "timestamp without time zone";
      case "RECORD" -> "jsonb";
      default ->
          throw new IllegalArgumentException(
              "column " + column.getName() + " has type " + column.getType() + "; none of ours");
    };
  }

  static boolean isRepeated(TableFieldSchema column) {
    return "REPEATED".equals(column.getMode());
  }

  static <T> String list(List<T> items, Function<T, String> sql) {
    return items.stream().map(sql).collect(joining(", "));
  }
}
