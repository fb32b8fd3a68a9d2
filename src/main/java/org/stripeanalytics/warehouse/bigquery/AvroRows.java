package org.stripeanalytics.warehouse.bigquery;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Builds rows of one class from the Avro records of a read session, which have at least its fields.
 * Beam reuses a record for the next row, so nothing of it is kept.
 */
final class AvroRows<T> {
  private final RowCodec<T> codec;
  private final String[] names;
  private final Values[] values;

  private AvroRows(RowCodec<T> codec) {
    this.codec = codec;
    this.names = codec.schema().getFieldNames().toArray(String[]::new);
    this.values = new Values[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = valuesOf(codec.schema().getField(i), i);
    }
  }

  static <T> AvroRows<T> of(RowCodec<T> codec) {
    return new AvroRows<>(codec);
  }

  T read(GenericRecord record) {
    Object[] read = new Object[names.length];
    for (int i = 0; i < names.length; i++) {
      read[i] = orNull(values[i], record.get(names[i]));
    }
    return codec.create(read);
  }

  private Values valuesOf(Field field, int i) {
    FieldType type = field.getType();
    return switch (type.getTypeName()) {
      case ARRAY, ITERABLE -> listOf(scalar(type.getCollectionElementType(), field, i));
      default -> scalar(type, field, i);
    };
  }

  private Values scalar(FieldType type, Field field, int i) {
    return switch (type.getTypeName()) {
      case STRING -> Object::toString;
      case BOOLEAN -> value -> value;
      // Days come as an int; the codec has longs for dates and timestamps alike.
      case INT64, LOGICAL_TYPE -> value -> ((Number) value).longValue();
      case DECIMAL -> value -> numeric((ByteBuffer) value);
      case ROW -> new AvroRows<>(codec.nested(i))::asValue;
      default ->
          throw new IllegalArgumentException(
              "no column holds a " + field + " of " + codec.schema());
    };
  }

  private Object asValue(Object record) {
    return read((GenericRecord) record);
  }

  private static Values listOf(Values element) {
    return list -> {
      Object[] items = ((List<?>) list).toArray();
      for (int k = 0; k < items.length; k++) {
        items[k] = orNull(element, items[k]);
      }
      return Arrays.asList(items);
    };
  }

  private static @Nullable Object orNull(Values values, @Nullable Object value) {
    return value == null ? null : values.of(value);
  }

  private static BigDecimal numeric(ByteBuffer unscaled) {
    byte[] bytes = new byte[unscaled.remaining()];
    unscaled.duplicate().get(bytes);
    return new BigDecimal(new BigInteger(bytes), AvroSchemas.NUMERIC_SCALE);
  }

  private interface Values {
    Object of(Object value);
  }
}
