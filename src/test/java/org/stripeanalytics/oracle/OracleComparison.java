package org.stripeanalytics.oracle;

import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * Holds the tables of a finished warehouse against the oracle's computation of them from the same
 * raw tables: every row and every cell of the columns that the oracle computes, exactly.
 */
final class OracleComparison implements AutoCloseable {
  private static final int TOLD = 20;

  private final Oracle oracle;

  private OracleComparison(Oracle oracle) {
    this.oracle = oracle;
  }

  /**
   * @param asOf the one the warehouse was made with
   * @param policies the others than the defaults, by the oracle's names, as SQL literals
   */
  static OracleComparison of(Path warehouse, LocalDate asOf, Map<String, String> policies) {
    return new OracleComparison(Oracle.over(warehouse).asOf(asOf, policies).prepare());
  }

  /** The same of every table that the oracle computes. */
  List<String> differences() {
    return Oracle.TABLES.stream()
        .map(table -> (table.startsWith("fct_") ? "facts." : "marts.") + table)
        .flatMap(table -> differences(table).stream())
        .toList();
  }

  /**
   * What differs in a table, one line per row of it, with the pipeline's value before the oracle's;
   * at most some, with the number of all in front. Empty when the two agree.
   *
   * @param table as in {@code marts.mrr_monthly}
   */
  List<String> differences(String table) {
    Contract contract =
        Tables.all().stream()
            .filter(known -> known.name().equals(table))
            .map(WarehouseTable::contract)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no table " + table));
    List<String> columns =
        contract.columns().stream()
            .map(TableFieldSchema::getName)
            .filter(name -> !Contract.STAMPED_COLUMNS.contains(name))
            .toList();
    oracle.execute(
        "CREATE OR REPLACE TEMP TABLE oracles_answer AS " + Oracle.select(contract.table()));
    List<List<String>> answers =
        oracle.query("SELECT column_name, column_type FROM (DESCRIBE oracles_answer)");
    List<String> computed = answers.stream().map(column -> column.get(0)).toList();
    List<String> found = new ArrayList<>(differencesOfColumns(contract.layer(), columns, answers));
    if (found.isEmpty()) {
      found.addAll(differencesOfRows(table, contract.primaryKey(), computed));
    }
    return found;
  }

  /** Of a mart the oracle computes every column; a fact may also have keys and segments. */
  private static List<String> differencesOfColumns(
      Layer layer, List<String> columns, List<List<String>> answers) {
    Set<String> names = Set.copyOf(answers.stream().map(column -> column.get(0)).toList());
    List<String> found = new ArrayList<>();
    if (layer == Layer.MARTS ? !names.equals(Set.copyOf(columns)) : !columns.containsAll(names)) {
      found.add("columns " + columns + ", oracle " + names);
    }
    answers.stream()
        .filter(column -> column.get(1).contains("DOUBLE") || column.get(1).contains("FLOAT"))
        .forEach(column -> found.add("the oracle's " + column + " is not exact"));
    return found;
  }

  private List<String> differencesOfRows(String table, List<String> key, List<String> columns) {
    String differing =
        columns.stream()
            .map(column -> "p.\"%1$s\" IS DISTINCT FROM o.\"%1$s\"".formatted(column))
            .collect(joining(" OR "));
    String sameKey =
        key.stream()
            .map(column -> "p.\"%1$s\" = o.\"%1$s\"".formatted(column))
            .collect(joining(" AND "));
    String keyCells =
        key.stream()
            .map(column -> "coalesce(p.\"%1$s\", o.\"%1$s\") AS \"k_%1$s\"".formatted(column))
            .collect(joining(", "));
    String cells =
        columns.stream()
            .map(column -> "p.\"%1$s\" AS \"p_%1$s\", o.\"%1$s\" AS \"o_%1$s\"".formatted(column))
            .collect(joining(", "));
    String rows =
        """
        SELECT %s, p.present IS NOT NULL AS in_p, o.present IS NOT NULL AS in_o, %s
        FROM (SELECT *, true AS present FROM %s) p
        FULL JOIN (SELECT *, true AS present FROM oracles_answer) o ON %s
        WHERE p.present IS NULL OR o.present IS NULL OR %s
        ORDER BY ALL
        """
            .formatted(keyCells, cells, table, sameKey, differing);
    oracle.execute("CREATE OR REPLACE TEMP TABLE differences AS " + rows);
    List<String> found = new ArrayList<>();
    for (List<String> row : oracle.query("SELECT * FROM differences LIMIT " + TOLD)) {
      found.add(tell(row, key.size(), columns));
    }
    if (!found.isEmpty()) {
      found.add(
          0, table + " differs in " + oracle.query("SELECT count(*) FROM differences") + " rows");
    }
    return found;
  }

  /** A row's key, and its cells that differ: the pipeline's value, then the oracle's. */
  private static String tell(List<String> row, int keys, List<String> columns) {
    String key = String.join(" ", row.subList(0, keys));
    if (row.get(keys).equals("false")) {
      return key + ": only the oracle has the row";
    }
    if (row.get(keys + 1).equals("false")) {
      return key + ": only the pipeline has the row";
    }
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String pipelines = row.get(keys + 2 + 2 * i);
      String oracles = row.get(keys + 3 + 2 * i);
      if (!Objects.equals(pipelines, oracles)) {
        cells.add(columns.get(i) + " " + pipelines + ", oracle " + oracles);
      }
    }
    return key + ": " + String.join("; ", cells);
  }

  @Override
  public void close() {
    oracle.close();
  }
}
