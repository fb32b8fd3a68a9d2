package org.stripeanalytics.warehouse;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * What a table holds, as two numbers that do not depend on the order of its rows or columns, nor on
 * the warehouse.
 *
 * <p>The canonical text of a row is its values in the order of their columns' names, each with its
 * length.
 *
 * @param table {@code layer.table}
 * @param rows how many rows it has
 * @param sum the sum of the rows' hashes, each the first 64 bits of the MD5 of the row's canonical
 *     text; a sum, because an exclusive or would not see a row that is there twice
 */
public record TableChecksum(String table, long rows, BigInteger sum) {

  /** The tables that have checksums: all but those that tell of runs. */
  public static ImmutableList<WarehouseTable<?>> tables() {
    return Tables.all().stream()
        .filter(table -> table.contract().layer().isReproducible())
        .collect(toImmutableList());
  }

  /** The columns of the tables that have checksums, and so can be left out of them. */
  public static ImmutableSet<String> columns() {
    return tables().stream()
        .flatMap(table -> table.contract().columns().stream())
        .map(TableFieldSchema::getName)
        .collect(toImmutableSet());
  }

  /** The columns of a table that count. */
  public static List<TableFieldSchema> columns(Contract contract, Set<String> leftOutColumns) {
    return contract.columns().stream()
        .filter(column -> !Contract.STAMPED_COLUMNS.contains(column.getName()))
        .filter(column -> !leftOutColumns.contains(column.getName()))
        .toList();
  }

  /** That of a table without rows. */
  public static TableChecksum ofNoRows(WarehouseTable<?> table) {
    return new TableChecksum(table.name(), 0, BigInteger.ZERO);
  }

  /**
   * Asks a warehouse for one.
   *
   * @param sql answers the number of rows and the sum
   */
  public static TableChecksum of(Warehouse warehouse, WarehouseTable<?> table, String sql) {
    List<Object> row = warehouse.query(sql).rows().get(0);
    return new TableChecksum(
        table.name(), (Long) row.get(0), new BigInteger(row.get(1).toString()));
  }
}
