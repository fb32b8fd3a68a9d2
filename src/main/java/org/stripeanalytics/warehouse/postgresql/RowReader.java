package org.stripeanalytics.warehouse.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.model.schema.RowJson;

/** Builds rows of one class from an answer that has its fields as columns, in their order. */
final class RowReader<T> {
  private final RowCodec<T> codec;
  private final RowJson<T> json;
  private final List<Getter> getters = new ArrayList<>();

  private RowReader(RowCodec<T> codec) {
    this.codec = codec;
    this.json = RowJson.complete(codec);
    for (int i = 0; i < codec.schema().getFieldCount(); i++) {
      getters.add(getterOf(codec.schema().getField(i), i));
    }
  }

  static <T> RowReader<T> of(RowCodec<T> codec) {
    return new RowReader<>(codec);
  }

  /** The row on which the answer stands. */
  T read(ResultSet answer) throws SQLException {
    Object[] values = new Object[getters.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = getters.get(i).get(answer, i + 1);
    }
    return codec.create(values);
  }

  private Getter getterOf(Field field, int i) {
    return switch (field.getType().getTypeName()) {
      case STRING -> ResultSet::getString;
      case INT64 -> (answer, column) -> orNull(answer.getLong(column), answer);
      case BOOLEAN -> (answer, column) -> orNull(answer.getBoolean(column), answer);
      case DECIMAL -> ResultSet::getBigDecimal;
      case LOGICAL_TYPE ->
          field.getType().getLogicalType() instanceof EpochMicros
              ? RowReader::timestamp
              : RowReader::date;
      case ROW, ARRAY, ITERABLE ->
          (answer, column) -> {
            String text = answer.getString(column);
            return text == null ? null : json.readField(i, text);
          };
      default -> throw new IllegalArgumentException("no column holds a " + field);
    };
  }

  private static @Nullable Object orNull(Object value, ResultSet answer) throws SQLException {
    return answer.wasNull() ? null : value;
  }

  private static @Nullable Object date(ResultSet answer, int column) throws SQLException {
    LocalDate date = answer.getObject(column, LocalDate.class);
    return date == null ? null : date.toEpochDay();
  }

  private static @Nullable Object timestamp(ResultSet answer, int column) throws SQLException {
    LocalDateTime utc = answer.getObject(column, LocalDateTime.class);
    return utc == null ? null : EpochMicros.of(utc.toInstant(ZoneOffset.UTC));
  }

  private interface Getter {
    @Nullable Object get(ResultSet answer, int column) throws SQLException;
  }
}
