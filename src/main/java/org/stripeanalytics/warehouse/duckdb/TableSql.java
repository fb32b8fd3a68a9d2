package org.stripeanalytics.warehouse.duckdb;

import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.Function;
import org.stripeanalytics.contract.Contract;

/**
 * A contract in DuckDB's words. Timestamps are TIMESTAMP without a zone, holding UTC: their dates,
 * months and rendering are then the same in every session, where TIMESTAMP WITH TIME ZONE would
 * follow the time zone of whoever looks.
 */
final class TableSql {
  private TableSql() {}

  static String name(Contract contract) {
    return quoted(contract.layer().id()) + "." + quoted(contract.table());
  }

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * The table if it is missing, with its comments. There is no primary key: it would make large
   * inserts several times slower.
   */
  static List<String> create(Contract contract) {
    ImmutableList.Builder<String> statements = ImmutableList.builder();
    statements.add(
        "CREATE TABLE "
            + name(contract)
            + " ("
            + list(
                contract.columns(),
                c -> quoted(c.getName()) + " " + type(c) + compression(contract, c) + required(c))
            + ")");
    statements.add("COMMENT ON TABLE " + name(contract) + " IS " + literal(contract.description()));
    for (TableFieldSchema column : contract.columns()) {
      statements.add(
          "COMMENT ON COLUMN "
              + name(contract)
              + "."
              + quoted(column.getName())
              + " IS "
              + literal(column.getDescription()));
    }
    return statements.build();
  }

  static String type(TableFieldSchema column) {
    return repeated(column, scalarType(column, TableSql::type));
  }

  /** The type in which a staged file holds a column: dates and timestamps are integers there. */
  static String stagedType(TableFieldSchema column) {
    String type =
        switch (column.getType()) {
          case "DATE" -> "INTEGER";
          case "TIMESTAMP" -> "BIGINT";
          default -> scalarType(column, TableSql::stagedType);
        };
    return repeated(column, type);
  }

  /** The value of a column, from the staged value that {@code staged} refers to. */
  static String fromStaged(TableFieldSchema column, String staged) {
    return fromStaged(column, staged, 0);
  }

  private static String fromStaged(TableFieldSchema column, String staged, int depth) {
    if (type(column).equals(stagedType(column))) {
      return staged;
    }
    if (isRepeated(column)) {
      String element = "element_" + depth;
      return "list_transform("
          + staged
          + ", lambda "
          + element
          + ": "
          + fromStagedScalar(column, element, depth + 1)
          + ")";
    }
    return fromStagedScalar(column, staged, depth);
  }

  private static String fromStagedScalar(TableFieldSchema column, String staged, int depth) {
    return switch (column.getType()) {
      case "DATE" -> "DATE '1970-01-01' + " + staged;
      case "TIMESTAMP" -> "make_timestamp(" + staged + ")";
      case "RECORD" ->
          "CASE WHEN "
              + staged
              + " IS NOT NULL THEN struct_pack("
              + list(
                  column.getFields(),
                  f ->
                      quoted(f.getName())
                          + " := "
                          + fromStaged(f, staged + "." + quoted(f.getName()), depth))
              + ") END";
      default -> staged;
    };
  }

  static boolean isRepeated(TableFieldSchema column) {
    return "REPEATED".equals(column.getMode());
  }

  static <T> String list(List<T> items, Function<T, String> sql) {
    return items.stream().map(sql).collect(joining(", "));
  }

  private static String scalarType(
      TableFieldSchema column, Function<TableFieldSchema, String> fieldType) {
    return switch (column.getType()) {
      case "STRING" -> "VARCHAR";
      case "INTEGER" -> "BIGINT";
      case "NUMERIC" -> "DECIMAL(38, 9)";
      case "BOOLEAN" -> "BOOLEAN";
      case "DATE" -> "DATE";
      case "TIMESTAMP" -> "TIMESTAMP";
      case "RECORD" ->
          "STRUCT("
              + list(column.getFields(), f -> quoted(f.getName()) + " " + fieldType.apply(f))
              + ")";
      default ->
          throw new IllegalArgumentException(
              "column " + column.getName() + " has type " + column.getType() + "; none of ours");
    };
  }

  private static String repeated(TableFieldSchema column, String type) {
    return isRepeated(column) ? type + "[]" : type;
  }

  /**
   * DuckDB would look for words that repeat in every text. In whole JSON documents that takes twice
   * as long to write as ZSTD and leaves six times the bytes.
   */
  private static String compression(Contract contract, TableFieldSchema column) {
    return contract.holdsDocuments(column) ? " USING COMPRESSION zstd" : "";
  }

  private static String required(TableFieldSchema column) {
    return "NULLABLE".equals(column.getMode()) ? "" : " NOT NULL";
  }
}
