package org.stripeanalytics.warehouse.bigquery;

import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * The GoogleSQL script that adds a few rows to a table: their values are in its text. Like {@link
 * PublishScript} it keeps to what DuckDB understands too, so that the tests can run it. What an
 * earlier try of the same run has added under the same keys gives way.
 */
record AppendScript(TableNames names, RunStamp run) {
  private static final String END = ";\n";

  /**
   * @param rows at least one
   */
  <T> String sql(WarehouseTable<T> table, List<T> rows) {
    String name = TableNames.sql(names.table(table.contract()));
    List<Map<String, String>> literals = rows.stream().map(row -> literals(table, row)).toList();
    return "BEGIN TRANSACTION"
        + END
        + ("DELETE FROM " + name + "\nWHERE `_run_id` = " + run.runIdSql())
        + (" AND `_ingested_at` = " + run.ingestedAtSql())
        + literals.stream()
            .map(row -> key(table.contract(), row))
            .collect(joining("\n  OR ", " AND (\n  ", ")" + END))
        + ("INSERT INTO " + name)
        + literals.get(0).keySet().stream()
            .map(column -> "`" + column + "`")
            .collect(joining(", ", " (", ", `_ingested_at`, `_run_id`)\nVALUES\n"))
        + literals.stream().map(this::values).collect(joining(",\n", "", END))
        + "COMMIT TRANSACTION"
        + END;
  }

  /** The columns that are not stamped. */
  private static <T> Map<String, String> literals(WarehouseTable<T> table, T row) {
    RowCodec<T> codec = RowCodec.of(table.rowClass());
    Map<String, String> literals = new LinkedHashMap<>();
    for (TableFieldSchema column : table.contract().columns()) {
      String name = column.getName();
      if (!Contract.STAMPED_COLUMNS.contains(name)) {
        literals.put(name, literal(column, codec.get(row, codec.schema().indexOf(name))));
      }
    }
    return literals;
  }

  private static String key(Contract contract, Map<String, String> row) {
    return contract.primaryKey().stream()
        .filter(row::containsKey)
        .map(column -> "`" + column + "` = " + row.get(column))
        .collect(joining(" AND "));
  }

  private String values(Map<String, String> row) {
    return "  ("
        + String.join(", ", row.values())
        + ", "
        + run.ingestedAtSql()
        + ", "
        + run.runIdSql()
        + ")";
  }

  private static String literal(TableFieldSchema column, @Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    return switch (column.getType()) {
      case "STRING" -> text((String) value);
      case "INTEGER", "BOOLEAN" -> value.toString();
      case "NUMERIC" -> "CAST('" + ((BigDecimal) value).toPlainString() + "' AS NUMERIC)";
      case "DATE" -> "DATE '" + LocalDate.ofEpochDay((Long) value) + "'";
      case "TIMESTAMP" -> RunStamp.literal(EpochMicros.toInstant((Long) value));
      default ->
          throw new IllegalArgumentException(
              column.getName() + " is a " + column.getType() + ", which is not appended");
    };
  }

  /** Without escapes, of which each engine has its own. */
  private static String text(String value) {
    ImmutableList.Builder<String> parts = ImmutableList.builder();
    StringBuilder plain = new StringBuilder();
    for (char c : value.toCharArray()) {
      if (c == '\'' || c == '\\' || Character.isISOControl(c)) {
        parts.add("'" + plain + "'", "CHR(" + (int) c + ")");
        plain.setLength(0);
      } else {
        plain.append(c);
      }
    }
    return parts.add("'" + plain + "'").build().stream().collect(joining(" || "));
  }
}
