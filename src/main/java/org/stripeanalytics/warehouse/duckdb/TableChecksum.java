package org.stripeanalytics.warehouse.duckdb;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.stream.Collectors.joining;
import static org.stripeanalytics.warehouse.duckdb.TableSql.literal;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * What a table holds, as two numbers that do not depend on the order of its rows or columns.
 *
 * @param table {@code layer.table}
 * @param rows how many rows it has
 * @param sum the sum of the rows' hashes, each the first 64 bits of the MD5 of the row's canonical
 *     text; a sum, because an exclusive or would not see a row that is there twice
 */
public record TableChecksum(String table, long rows, BigInteger sum) {

  /** Of all tables but those that tell of runs. */
  static ImmutableList<TableChecksum> ofAll(DuckDbWarehouse warehouse, Set<String> leftOutColumns) {
    // While one is open, the connections of the single tables need not load the file anew.
    try (Connection held = warehouse.file().connect()) {
      return checked()
          .map(table -> of(warehouse, table, leftOutColumns))
          .collect(toImmutableList());
    } catch (SQLException e) {
      throw new IllegalStateException("cannot close " + warehouse.path(), e);
    }
  }

  /** The columns of the tables that have checksums, and so can be left out of them. */
  public static ImmutableSet<String> columns() {
    return checked()
        .flatMap(table -> table.contract().columns().stream())
        .map(TableFieldSchema::getName)
        .collect(toImmutableSet());
  }

  private static Stream<WarehouseTable<?>> checked() {
    return Tables.all().stream().filter(table -> table.contract().layer() != Layer.OPS);
  }

  /**
   * The canonical text is the values in the order of their columns' names, each with its length.
   */
  static TableChecksum of(
      DuckDbWarehouse warehouse, WarehouseTable<?> table, Set<String> leftOutColumns) {
    List<Object> row = warehouse.query(sql(table.contract(), leftOutColumns)).rows().get(0);
    return new TableChecksum(
        table.name(), (Long) row.get(0), new BigInteger(row.get(1).toString()));
  }

  private static String sql(Contract contract, Set<String> leftOutColumns) {
    List<TableFieldSchema> columns =
        contract.columns().stream()
            .filter(column -> !Contract.STAMPED_COLUMNS.contains(column.getName()))
            .filter(column -> !leftOutColumns.contains(column.getName()))
            .toList();
    return "SELECT count(*), coalesce(sum(('0x' || left(md5("
        + fieldsText(columns, "checked_row", 0)
        + "), 16))::UBIGINT), 0) FROM "
        + TableSql.name(contract)
        + " AS checked_row";
  }

  private static String fieldsText(List<TableFieldSchema> fields, String owner, int depth) {
    return fields.stream()
        .sorted(Comparator.comparing(TableFieldSchema::getName))
        .map(
            field ->
                literal(field.getName() + "=")
                    + ", "
                    + text(field, owner + "." + quoted(field.getName()), depth))
        .collect(joining(", ", "concat(", ")"));
  }

  /** Null is {@code ~}; everything else starts with a length, so no two values share a text. */
  private static String text(TableFieldSchema field, String value, int depth) {
    if (TableSql.isRepeated(field)) {
      String element = "element_" + depth;
      return "coalesce(len("
          + value
          + ") || ':' || array_to_string(list_transform("
          + value
          + ", lambda "
          + element
          + ": "
          + scalarText(field, element, depth + 1)
          + "), ''), '~')";
    }
    return scalarText(field, value, depth);
  }

  private static String scalarText(TableFieldSchema field, String value, int depth) {
    if (field.getFields() != null) {
      return "CASE WHEN "
          + value
          + " IS NULL THEN '~' ELSE "
          + fieldsText(field.getFields(), value, depth)
          + " END";
    }
    return "coalesce(length(" + value + "::VARCHAR) || ':' || " + value + "::VARCHAR, '~')";
  }
}
