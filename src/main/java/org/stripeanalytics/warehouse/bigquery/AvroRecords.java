package org.stripeanalytics.warehouse.bigquery;

import static org.stripeanalytics.warehouse.bigquery.AvroSchemas.NUMERIC_PRECISION;
import static org.stripeanalytics.warehouse.bigquery.AvroSchemas.NUMERIC_SCALE;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.stripeanalytics.model.schema.RowCodec;

/** Writes rows of one class as the Avro records that a load job takes. */
final class AvroRecords<T> {
  private final Schema schema;
  private final RowCodec<T> codec;
  private final Values[] values;
  private final int[] positions;

  private AvroRecords(Schema schema, RowCodec<T> codec) {
    this.schema = schema;
    this.codec = codec;
    int fields = codec.schema().getFieldCount();
    this.values = new Values[fields];
    this.positions = new int[fields];
    for (int i = 0; i < fields; i++) {
      Field field = codec.schema().getField(i);
      Schema.Field column = schema.getField(field.getName());
      positions[i] = column.pos();
      values[i] = valuesOf(field, AvroSchemas.present(column.schema()), i);
    }
  }

  /** The schema's fields must be the codec's, in whatever order. */
  static <T> AvroRecords<T> of(Schema schema, RowCodec<T> codec) {
    return new AvroRecords<>(schema, codec);
  }

  /**
   * @throws ArithmeticException when a number does not fit NUMERIC; it is never rounded
   */
  GenericRecord write(T row) {
    GenericRecord record = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      Object value = codec.get(row, i);
      if (value != null) {
        record.put(positions[i], values[i].of(value));
      }
    }
    return record;
  }

  private Values valuesOf(Field field, Schema column, int i) {
    FieldType type = field.getType();
    return switch (type.getTypeName()) {
      case ARRAY, ITERABLE ->
          listOf(scalar(type.getCollectionElementType(), field, column.getElementType(), i));
      default -> scalar(type, field, column, i);
    };
  }

  private Values scalar(FieldType type, Field field, Schema column, int i) {
    return switch (type.getTypeName()) {
      case STRING, INT64, BOOLEAN -> value -> value;
      // Avro counts days in an int; the codec has longs for dates and timestamps alike.
      case LOGICAL_TYPE ->
          column.getType() == Schema.Type.INT ? days -> ((Long) days).intValue() : micros -> micros;
      case DECIMAL -> value -> numeric(field, (BigDecimal) value);
      case ROW -> new AvroRecords<>(column, codec.nested(i)).asValues();
      default ->
          throw new IllegalArgumentException(
              "no column holds a " + field + " of " + codec.schema());
    };
  }

  @SuppressWarnings("unchecked")
  private Values asValues() {
    return row -> write((T) row);
  }

  private static Values listOf(Values element) {
    return list -> {
      List<Object> items = new ArrayList<>();
      for (Object item : (List<?>) list) {
        items.add(element.of(item));
      }
      return items;
    };
  }

  private static ByteBuffer numeric(Field field, BigDecimal value) {
    BigDecimal exact = value.stripTrailingZeros();
    if (exact.scale() > NUMERIC_SCALE
        || exact.precision() - exact.scale() > NUMERIC_PRECISION - NUMERIC_SCALE) {
      throw new ArithmeticException(
          field.getName() + " = " + value + " does not fit NUMERIC: 29 digits, 9 decimal places");
    }
    return ByteBuffer.wrap(exact.setScale(NUMERIC_SCALE).unscaledValue().toByteArray());
  }

  private interface Values {
    Object of(Object value);
  }
}
