package org.stripeanalytics.model.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.SerializableFunction;

/**
 * Some columns of a row as one line of text, so that tests can show many rows on a screen. What is
 * null, zero or false is a dash.
 */
public final class RowWords<T> implements SerializableFunction<T, String> {
  private final Class<T> rowClass;
  private final List<String> columns;
  private transient RowJson<T> json;

  private RowWords(Class<T> rowClass, List<String> columns) {
    this.rowClass = rowClass;
    this.columns = columns;
  }

  public static <T> RowWords<T> of(Class<T> rowClass, String columns) {
    return new RowWords<>(rowClass, Arrays.asList(columns.split(" ")));
  }

  @Override
  public String apply(T row) {
    if (json == null) {
      json = RowJson.of(rowClass);
    }
    try {
      JsonNode values = new ObjectMapper().readTree(json.write(row));
      return columns.stream()
          .map(column -> values.has(column) ? text(values.get(column)) : "-")
          .collect(Collectors.joining(" "));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON of " + row, e);
    }
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
