package org.stripeanalytics.warehouse.bigquery;

import static java.util.stream.Collectors.toSet;

import com.google.common.collect.ImmutableList;
import com.google.zetasql.EvaluatorTableModifyResponse;
import com.google.zetasql.PreparedModify;
import com.google.zetasql.PreparedQuery;
import com.google.zetasql.SimpleColumn;
import com.google.zetasql.SimpleTable;
import com.google.zetasql.StructType;
import com.google.zetasql.TableContent;
import com.google.zetasql.Type;
import com.google.zetasql.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.warehouse.QueryResult;

/**
 * GoogleSQL's own reference implementation, which executes what the analyser accepts, over rows
 * that are held in memory. A check in its native library may abort the process, so tests reach it
 * through {@link GoogleSqlProcess}.
 */
final class GoogleSqlEngine {
  private final GoogleSqlAnalyser analyser;

  /** By the name of the table, without quotes; a table that is not there is empty. */
  private final Map<String, List<List<Value>>> contents = new HashMap<>();

  private boolean isRegistered;

  GoogleSqlEngine(GoogleSqlAnalyser analyser) {
    this.analyser = analyser;
  }

  /** Gives a table other rows, each a map of column names to values as {@link QueryResult}'s. */
  void fill(String table, List<Map<String, Object>> rows) {
    List<SimpleColumn> columns = table(table).getColumnList();
    change(
        table,
        rows.stream()
            .map(
                row -> columns.stream().map(c -> value(c.getType(), row.get(c.getName()))).toList())
            .toList());
  }

  /** The rows of a table as they stand. */
  QueryResult rowsOf(String table) {
    return new QueryResult(
        table(table).getColumnList().stream()
            .map(SimpleColumn::getName)
            .collect(ImmutableList.toImmutableList()),
        rows(table).stream().map(GoogleSqlEngine::plain).collect(ImmutableList.toImmutableList()));
  }

  /** Answers one SELECT. */
  QueryResult query(String sql) {
    register();
    try (PreparedQuery query =
        PreparedQuery.builder()
            .setSql(sql)
            .setAnalyzerOptions(analyser.options())
            .setCatalog(analyser.catalog())
            .prepare()) {
      return new QueryResult(
          query.getColumns().stream()
              .map(SimpleColumn::getName)
              .collect(ImmutableList.toImmutableList()),
          query.execute(Map.of()).getTableData().stream()
              .map(GoogleSqlEngine::plain)
              .collect(ImmutableList.toImmutableList()));
    }
  }

  /** Runs one DELETE, after which the table lacks those rows. */
  void delete(String sql) {
    register();
    try (PreparedModify modify =
        PreparedModify.builder()
            .setSql(sql)
            .setAnalyzerOptions(analyser.options())
            .setCatalog(analyser.catalog())
            .prepare()) {
      EvaluatorTableModifyResponse response = modify.execute(Map.of());
      List<Integer> key = table(response.getTableName()).getPrimaryKey().orElseThrow();
      Set<List<Value>> deleted =
          response.getContent().stream()
              .map(EvaluatorTableModifyResponse.Row::getOriginalPrimaryKeysValues)
              .collect(toSet());
      change(
          response.getTableName(),
          rows(response.getTableName()).stream()
              .filter(row -> !deleted.contains(key.stream().map(row::get).toList()))
              .toList());
    }
  }

  private List<List<Value>> rows(String table) {
    return contents.getOrDefault(table, List.of());
  }

  private SimpleTable table(String name) {
    return analyser.catalog().getTableList().stream()
        .filter(table -> table.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no table " + name));
  }

  /** The native library takes rows only with a catalog, which it then keeps. */
  private void register() {
    if (isRegistered) {
      return;
    }
    Map<String, TableContent> all = new HashMap<>();
    for (SimpleTable table : analyser.catalog().getTableList()) {
      all.put(table.getName(), TableContent.create(new ArrayList<>(rows(table.getName()))));
    }
    var unused = analyser.catalog().register(all);
    isRegistered = true;
  }

  private void change(String table, List<List<Value>> rows) {
    contents.put(table, rows);
    if (isRegistered) {
      analyser.catalog().unregister();
      isRegistered = false;
    }
  }

  private static Value value(Type type, @Nullable Object given) {
    if (type.isArray()) {
      Type element = type.asArray().getElementType();
      List<?> items = given == null ? List.of() : (List<?>) given;
      return Value.createArrayValue(
          type.asArray(), items.stream().map(item -> value(element, item)).toList());
    }
    if (given == null) {
      return Value.createNullValue(type);
    }
    return switch (type.getKind()) {
      case TYPE_STRING -> Value.createStringValue((String) given);
      case TYPE_INT64 -> Value.createInt64Value((Long) given);
      case TYPE_BOOL -> Value.createBoolValue((Boolean) given);
      case TYPE_NUMERIC -> Value.createNumericValue((BigDecimal) given);
      case TYPE_DATE -> Value.createDateValue((LocalDate) given);
      case TYPE_TIMESTAMP ->
          Value.createTimestampValueFromUnixMicros(EpochMicros.of((Instant) given));
      case TYPE_STRUCT ->
          Value.createStructValue(
              type.asStruct(),
              type.asStruct().getFieldList().stream()
                  .map(field -> value(field.getType(), ((Map<?, ?>) given).get(field.getName())))
                  .toList());
      default -> throw new IllegalArgumentException("no value of type " + type);
    };
  }

  private static List<Object> plain(List<Value> row) {
    return Collections.unmodifiableList(
        Arrays.asList(row.stream().map(GoogleSqlEngine::plain).toArray()));
  }

  private static @Nullable Object plain(Value value) {
    if (value.isNull()) {
      return null;
    }
    return switch (value.getType().getKind()) {
      case TYPE_STRING -> value.getStringValue();
      case TYPE_INT64 -> value.getInt64Value();
      case TYPE_BOOL -> value.getBoolValue();
      case TYPE_DOUBLE -> value.getDoubleValue();
      case TYPE_NUMERIC -> value.getNumericValue().stripTrailingZeros();
      case TYPE_BIGNUMERIC -> value.getBigNumericValue();
      case TYPE_DATE -> value.getLocalDateValue();
      case TYPE_TIMESTAMP -> EpochMicros.toInstant(value.getTimestampUnixMicros());
      case TYPE_ARRAY -> plain(value.getElementList());
      case TYPE_STRUCT -> fields(value);
      default -> throw new IllegalArgumentException("no plain form of " + value.getType());
    };
  }

  private static Map<String, Object> fields(Value struct) {
    StructType type = struct.getType().asStruct();
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < struct.getFieldCount(); i++) {
      fields.put(type.getField(i).getName(), plain(struct.getField(i)));
    }
    return fields;
  }
}
