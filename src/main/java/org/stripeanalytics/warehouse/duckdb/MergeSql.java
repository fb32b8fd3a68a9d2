package org.stripeanalytics.warehouse.duckdb;

import static java.util.stream.Collectors.joining;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.VersionOrder;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Puts loaded end-of-day versions among those that a table holds, by primary key and in the order
 * of {@link Warehouse#mergingPublication}.
 */
final class MergeSql {
  private final Contract contract;
  private final String table;
  private final String loaded;
  private final String best;

  MergeSql(Contract contract) {
    this.contract = contract;
    this.table = TableSql.name(contract);
    this.loaded = quoted("loaded_" + contract.name());
    this.best = quoted("best_" + contract.name());
  }

  /**
   * The statements, of which the last inserts.
   *
   * @param rows a query for what was loaded, stamps included
   */
  List<String> statements(String rows) {
    return ImmutableList.of(
        "CREATE TEMP TABLE " + loaded + " AS " + rows,
        "CREATE TEMP TABLE "
            + best
            + " AS SELECT * FROM "
            + loaded
            + " AS row_loaded QUALIFY row_number() OVER (PARTITION BY "
            + contract.primaryKey().stream().map(TableSql::quoted).collect(joining(", "))
            + " ORDER BY "
            + rank("row_loaded").stream().map(term -> term + " DESC").collect(joining(", "))
            + ") = 1",
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
        "INSERT INTO "
            + table
            + " BY NAME SELECT * FROM "
            + best
            + " AS given WHERE NOT EXISTS (SELECT 1 FROM "
            + table
            + " AS kept WHERE "
            + sameKey()
            + ")");
  }

  /** How many rows were loaded, those with the same key included. */
  String countLoaded() {
    return "SELECT count(*) FROM " + loaded;
  }

  private String sameKey() {
    return contract.primaryKey().stream()
        .map(key -> "kept." + quoted(key) + " = given." + quoted(key))
        .collect(joining(" AND "));
  }

  /** What two versions are compared by, the first term first; the greater stands. */
  private List<String> rank(String row) {
    return ImmutableList.<String>builder()
        .addAll(VersionOrder.terms(contract, row))
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
}
