package org.stripeanalytics.warehouse.postgresql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.QueryResult;

/** Turns what PostgreSQL's driver answers into the values that {@link QueryResult} promises. */
final class QueryAnswer {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private QueryAnswer() {}

  static QueryResult of(ResultSet answer) throws SQLException {
    ResultSetMetaData columns = answer.getMetaData();
    ImmutableList.Builder<String> names = ImmutableList.builder();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
    }
    ImmutableList.Builder<List<Object>> rows = ImmutableList.builder();
    while (answer.next()) {
      List<Object> row = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        row.add(value(answer, columns, i));
      }
      rows.add(Collections.unmodifiableList(row));
    }
    return new QueryResult(names.build(), rows.build());
  }

  private static @Nullable Object value(ResultSet answer, ResultSetMetaData columns, int i)
      throws SQLException {
    Object value =
        switch (columns.getColumnTypeName(i)) {
          case "int2", "int4", "int8" -> answer.getLong(i);
          case "float4", "float8" -> answer.getDouble(i);
          case "bool" -> answer.getBoolean(i);
          case "numeric" -> number(answer.getBigDecimal(i), columns.getPrecision(i) > 0);
          case "date" -> answer.getObject(i, LocalDate.class);
          case "time" -> answer.getObject(i, LocalTime.class);
          case "timestamp" -> instant(answer.getObject(i, LocalDateTime.class));
          case "timestamptz" -> instant(answer.getObject(i, OffsetDateTime.class));
          case "json", "jsonb" -> parsed(answer.getString(i));
          default -> other(answer, i);
        };
    return answer.wasNull() ? null : value;
  }

  /** Sums of integers come as numbers without places. */
  private static @Nullable Object number(@Nullable BigDecimal number, boolean isDeclared) {
    if (number == null || isDeclared || number.scale() > 0) {
      return number;
    }
    BigInteger whole = number.toBigIntegerExact();
    return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
  }

  private static @Nullable Object instant(@Nullable LocalDateTime utc) {
    return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
  }

  private static @Nullable Object instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static @Nullable Object other(ResultSet answer, int i) throws SQLException {
    Object given = answer.getObject(i);
    if (given instanceof Array array) {
      List<Object> items = new ArrayList<>();
      for (Object item : (Object[]) array.getArray()) {
        items.add(item instanceof Integer number ? (Object) number.longValue() : item);
      }
      return Collections.unmodifiableList(items);
    }
    // What is left has no type of ours, such as an interval: as people write it.
    return given == null ? null : answer.getString(i);
  }

  private static @Nullable Object parsed(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return plain(JSON.readValue(text, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL's JSON cannot be read: " + text, e);
    }
  }

  private static @Nullable Object plain(@Nullable Object given) {
    if (given instanceof Integer number) {
      return number.longValue();
    }
    if (given instanceof List<?> list) {
      return Collections.unmodifiableList(list.stream().map(QueryAnswer::plain).toList());
    }
    if (given instanceof Map<?, ?> map) {
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach((key, value) -> values.put((String) key, plain(value)));
      return Collections.unmodifiableMap(values);
    }
    return given;
  }
}
