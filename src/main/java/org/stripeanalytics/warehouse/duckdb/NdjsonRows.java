package org.stripeanalytics.warehouse.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Writes rows of one class as JSON objects with a key per column that is not null. Dates are days
 * and timestamps microseconds since the epoch, which a database reads fastest; a NUMERIC is a
 * string, so that no parser makes a double of it.
 */
final class NdjsonRows<T> {
  private static final int NUMERIC_SCALE = 9;
  private static final int NUMERIC_PRECISION = 38;

  private final RowCodec<T> codec;
  private final byte[][] keys;
  private final ValueWriter[] writers;

  private NdjsonRows(RowCodec<T> codec) {
    this.codec = codec;
    int fields = codec.schema().getFieldCount();
    this.keys = new byte[fields][];
    this.writers = new ValueWriter[fields];
    for (int i = 0; i < fields; i++) {
      Field field = codec.schema().getField(i);
      keys[i] = ('"' + field.getName() + "\":").getBytes(UTF_8);
      writers[i] = writerOf(field, i);
    }
  }

  static <T> NdjsonRows<T> of(RowCodec<T> codec) {
    return new NdjsonRows<>(codec);
  }

  /** Writes the row as one object, without a line end. */
  void write(T row, JsonLines json) throws IOException {
    char before = '{';
    for (int i = 0; i < writers.length; i++) {
      Object value = codec.get(row, i);
      if (value != null) {
        json.raw(before);
        json.raw(keys[i]);
        writers[i].write(value, json);
        before = ',';
      }
    }
    if (before == '{') {
      json.raw(before);
    }
    json.raw('}');
  }

  private ValueWriter writerOf(Field field, int i) {
    FieldType type = field.getType();
    return switch (type.getTypeName()) {
      case ARRAY, ITERABLE -> listOf(scalar(type.getCollectionElementType(), field, i));
      default -> scalar(type, field, i);
    };
  }

  private ValueWriter scalar(FieldType type, Field field, int i) {
    return switch (type.getTypeName()) {
      case STRING -> (value, json) -> json.string((String) value);
      case INT64, LOGICAL_TYPE -> (value, json) -> json.number((Long) value);
      case BOOLEAN -> (value, json) -> json.bool((Boolean) value);
      case DECIMAL -> (value, json) -> json.string(numeric(field, (BigDecimal) value));
      case ROW -> new NdjsonRows<>(codec.nested(i)).asValue();
      default ->
          throw new IllegalArgumentException(
              "no column holds a " + field + " of " + codec.schema());
    };
  }

  @SuppressWarnings("unchecked")
  private ValueWriter asValue() {
    return (value, json) -> write((T) value, json);
  }

  private static ValueWriter listOf(ValueWriter element) {
    return (value, json) -> {
      char before = '[';
      for (Object item : (List<?>) value) {
        json.raw(before);
        element.write(item, json);
        before = ',';
      }
      if (before == '[') {
        json.raw(before);
      }
      json.raw(']');
    };
  }

  private static String numeric(Field field, BigDecimal value) {
    BigDecimal exact = value.stripTrailingZeros();
    if (exact.scale() > NUMERIC_SCALE
        || exact.precision() - exact.scale() > NUMERIC_PRECISION - NUMERIC_SCALE) {
      throw new ArithmeticException(
          field.getName() + " = " + value + " does not fit NUMERIC: 29 digits, 9 decimal places");
    }
    return exact.toPlainString();
  }

  private interface ValueWriter {
    void write(Object value, JsonLines json) throws IOException;
  }
}
