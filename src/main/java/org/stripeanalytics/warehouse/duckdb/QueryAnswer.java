package org.stripeanalytics.warehouse.duckdb;

import com.google.common.collect.ImmutableList;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.duckdb.DuckDBStruct;
import org.stripeanalytics.warehouse.QueryResult;

/** Turns what DuckDB's driver answers into the values that {@link QueryResult} promises. */
final class QueryAnswer {
  private static final Pattern PLAIN_TIMESTAMP = Pattern.compile("\\bTIMESTAMP\\b(?! WITH)");
  private static final Pattern TRAILING_SEMICOLON = Pattern.compile(";\\s*$");

  private QueryAnswer() {}

  static QueryResult of(Connection connection, String sql) throws SQLException {
    // To plan a wide query costs more than to run it, so most are planned once.
    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
      Optional<String> exact = withExactTimestamps(prepared.getMetaData(), sql);
      return exact.isPresent() ? asked(connection, exact.get()) : read(prepared.executeQuery());
    }
  }

  private static QueryResult asked(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return read(statement.executeQuery());
    }
  }

  private static QueryResult read(ResultSet given) throws SQLException {
    try (ResultSet answer = given) {
      ResultSetMetaData columns = answer.getMetaData();
      ImmutableList.Builder<String> names = ImmutableList.builder();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnLabel(i));
      }
      ImmutableList.Builder<List<Object>> rows = ImmutableList.builder();
      while (answer.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.add(value(answer, columns.getColumnTypeName(i), i));
        }
        rows.add(Collections.unmodifiableList(row));
      }
      return new QueryResult(names.build(), rows.build());
    }
  }

  /**
   * The driver gives a nested TIMESTAMP only as {@code java.sql.Timestamp}, which cannot say the
   * hour that the machine's zone skips in spring. One with a time zone it gives exactly.
   *
   * @return the query to ask instead; empty if there is no such column
   */
  private static Optional<String> withExactTimestamps(ResultSetMetaData columns, String sql)
      throws SQLException {
    List<String> selected = new ArrayList<>();
    boolean changed = false;
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String type = columns.getColumnTypeName(i);
      String exact =
          type.equals("TIMESTAMP")
              ? type
              : PLAIN_TIMESTAMP.matcher(type).replaceAll("TIMESTAMP WITH TIME ZONE");
      changed |= !exact.equals(type);
      selected.add(
          "CAST(#" + i + " AS " + exact + ") AS " + TableSql.quoted(columns.getColumnLabel(i)));
    }
    return changed
        ? Optional.of(
            "SELECT "
                + String.join(", ", selected)
                + " FROM ("
                + TRAILING_SEMICOLON.matcher(sql).replaceFirst("")
                + ")")
        : Optional.empty();
  }

  private static @Nullable Object value(ResultSet answer, String type, int column)
      throws SQLException {
    if (type.equals("TIMESTAMP")) {
      // The driver's java.sql.Timestamp would bring the machine's time zone in.
      LocalDateTime utc = answer.getObject(column, LocalDateTime.class);
      return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
    return value(answer.getObject(column));
  }

  private static @Nullable Object value(@Nullable Object given) throws SQLException {
    if (given instanceof Byte || given instanceof Short || given instanceof Integer) {
      return ((Number) given).longValue();
    }
    if (given instanceof BigInteger number) {
      return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }
    if (given instanceof Float number) {
      return number.doubleValue();
    }
    if (given instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (given instanceof java.sql.Date date) {
      return date.toLocalDate();
    }
    if (given instanceof Array array) {
      return list((Object[]) array.getArray());
    }
    if (given instanceof DuckDBStruct struct) {
      return map(struct.getMap());
    }
    if (given instanceof Map<?, ?> map) {
      return map(map);
    }
    return given;
  }

  private static List<Object> list(Object[] given) throws SQLException {
    List<Object> values = new ArrayList<>();
    for (Object item : given) {
      values.add(value(item));
    }
    return Collections.unmodifiableList(values);
  }

  private static Map<String, Object> map(Map<?, ?> given) throws SQLException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : given.entrySet()) {
      values.put(String.valueOf(entry.getKey()), value(entry.getValue()));
    }
    return Collections.unmodifiableMap(values);
  }
}
