package org.stripeanalytics.warehouse.bigquery;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableRow;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.warehouse.QueryResult;

/**
 * Turns the cells that BigQuery answers, all of them strings, into the values that {@link
 * QueryResult} promises. Timestamps are expected as whole microseconds.
 */
final class QueryAnswer {
  private final List<TableFieldSchema> columns;
  private final ImmutableList.Builder<List<Object>> rows = ImmutableList.builder();

  private QueryAnswer(List<TableFieldSchema> columns) {
    this.columns = columns;
  }

  /**
   * @param schema null for a statement that answers nothing
   */
  static QueryAnswer of(@Nullable TableSchema schema) {
    return new QueryAnswer(
        schema == null || schema.getFields() == null ? List.of() : schema.getFields());
  }

  void add(List<TableRow> page) {
    for (TableRow row : page) {
      rows.add(Collections.unmodifiableList(cells(columns, row)));
    }
  }

  QueryResult result() {
    return new QueryResult(
        columns.stream().map(TableFieldSchema::getName).collect(ImmutableList.toImmutableList()),
        rows.build());
  }

  private static List<Object> cells(List<TableFieldSchema> fields, Map<?, ?> row) {
    List<?> cells = (List<?>) row.get("f");
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Object given = ((Map<?, ?>) cells.get(i)).get("v");
      values.add(
          "REPEATED".equals(fields.get(i).getMode())
              ? list(fields.get(i), given)
              : value(fields.get(i), given));
    }
    return values;
  }

  private static List<Object> list(TableFieldSchema field, @Nullable Object given) {
    List<Object> values = new ArrayList<>();
    for (Object item : given == null ? List.of() : (List<?>) given) {
      values.add(value(field, ((Map<?, ?>) item).get("v")));
    }
    return Collections.unmodifiableList(values);
  }

  private static @Nullable Object value(TableFieldSchema field, @Nullable Object given) {
    // A null comes as Google's own Data.NULL_STRING, or as an object of its kind.
    if (given == null || Data.isNull(given)) {
      return null;
    }
    if (given instanceof Map<?, ?> record) {
      return record(field.getFields(), record);
    }
    String text = (String) given;
    return switch (field.getType()) {
      case "INTEGER", "INT64" -> Long.valueOf(text);
      case "NUMERIC", "BIGNUMERIC" -> new BigDecimal(text);
      case "FLOAT", "FLOAT64" -> Double.valueOf(text);
      case "BOOLEAN", "BOOL" -> Boolean.valueOf(text);
      case "DATE" -> LocalDate.parse(text);
      case "TIME" -> LocalTime.parse(text);
      case "TIMESTAMP" -> EpochMicros.toInstant(Long.parseLong(text));
      default -> text;
    };
  }

  private static Map<String, Object> record(List<TableFieldSchema> fields, Map<?, ?> record) {
    List<Object> cells = cells(fields, record);
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      values.put(fields.get(i).getName(), cells.get(i));
    }
    return Collections.unmodifiableMap(values);
  }
}
