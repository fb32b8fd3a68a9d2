package org.stripeanalytics.warehouse.bigquery;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.TableCell;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableRow;
import com.google.api.services.bigquery.model.TableSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.warehouse.QueryResult;

/** An answer as BigQuery puts it: cells of strings under a schema. */
final class AnswerJson {
  private AnswerJson() {}

  static @Nullable GetQueryResultsResponse of(@Nullable QueryResult answer, @Nullable Job job) {
    if (answer == null || job == null) {
      return null;
    }
    List<TableFieldSchema> fields = new ArrayList<>();
    for (int i = 0; i < answer.columns().size(); i++) {
      int column = i;
      fields.add(
          field(
              answer.columns().get(i),
              answer.rows().stream().map(row -> row.get(column)).toList()));
    }
    return new GetQueryResultsResponse()
        .setJobReference(job.getJobReference())
        .setJobComplete(true)
        .setSchema(new TableSchema().setFields(fields))
        .setRows(answer.rows().stream().map(AnswerJson::row).toList());
  }

  /**
   * @param values of the column, of which any may be null or an empty list
   */
  private static TableFieldSchema field(String name, List<?> values) {
    TableFieldSchema field = new TableFieldSchema().setName(name).setMode("NULLABLE");
    List<?> known = values.stream().filter(Objects::nonNull).toList();
    if (!known.isEmpty() && known.get(0) instanceof List<?>) {
      return field(name, known.stream().flatMap(list -> ((List<?>) list).stream()).toList())
          .setMode("REPEATED");
    }
    if (!known.isEmpty() && known.get(0) instanceof Map<?, ?> first) {
      return field
          .setType("RECORD")
          .setFields(
              first.keySet().stream()
                  .map(
                      key ->
                          field(
                              (String) key,
                              known.stream().map(record -> ((Map<?, ?>) record).get(key)).toList()))
                  .toList());
    }
    return field.setType(known.isEmpty() ? "STRING" : type(known.get(0)));
  }

  private static String type(Object example) {
    if (example instanceof Long) {
      return "INTEGER";
    }
    if (example instanceof BigDecimal) {
      return "NUMERIC";
    }
    if (example instanceof Double) {
      return "FLOAT";
    }
    if (example instanceof Boolean) {
      return "BOOLEAN";
    }
    if (example instanceof LocalDate) {
      return "DATE";
    }
    return example instanceof Instant ? "TIMESTAMP" : "STRING";
  }

  private static TableRow row(Iterable<?> values) {
    List<TableCell> cells = new ArrayList<>();
    values.forEach(value -> cells.add(new TableCell().setV(value(value))));
    return new TableRow().setF(cells);
  }

  private static Object value(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(item -> new TableCell().setV(value(item))).toList();
    }
    if (value instanceof Map<?, ?> map) {
      return row(map.values());
    }
    if (value instanceof Instant instant) {
      return String.valueOf(EpochMicros.of(instant));
    }
    return value == null ? Data.NULL_STRING : value.toString();
  }
}
