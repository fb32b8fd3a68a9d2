package org.stripeanalytics.model.schema;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Rows of one class as bytes: a bit per field that says whether it is null, then the others in the
 * order of the schema, with the lengths and variable-length integers of Avro's binary encoding.
 */
final class RowBytes<T> {
  /** Coders are made by the thousand, for some hundred classes. */
  private static final ClassValue<RowBytes<?>> FORMATS =
      new ClassValue<>() {
        @Override
        protected RowBytes<?> computeValue(Class<?> rowClass) {
          return new RowBytes<>(RowCodec.of(rowClass));
        }
      };

  private final RowCodec<T> codec;
  private final Value[] fields;

  private RowBytes(RowCodec<T> codec) {
    this.codec = codec;
    this.fields = new Value[codec.schema().getFieldCount()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = valueOf(codec.schema().getField(i).getType(), i);
    }
  }

  @SuppressWarnings("unchecked")
  static <T> RowBytes<T> of(Class<T> rowClass) {
    return (RowBytes<T>) FORMATS.get(rowClass);
  }

  void write(T row, Encoder out) throws IOException {
    Object[] values = new Object[fields.length];
    byte[] nulls = new byte[(fields.length + 7) / 8];
    for (int i = 0; i < fields.length; i++) {
      values[i] = codec.get(row, i);
      if (values[i] == null) {
        nulls[i / 8] |= (byte) (1 << i % 8);
      }
    }
    out.writeFixed(nulls);
    for (int i = 0; i < fields.length; i++) {
      if (values[i] != null) {
        fields[i].write(values[i], out);
      }
    }
  }

  T read(Decoder in) throws IOException {
    byte[] nulls = new byte[(fields.length + 7) / 8];
    in.readFixed(nulls);
    Object[] values = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      if ((nulls[i / 8] & 1 << i % 8) == 0) {
        values[i] = fields[i].read(in);
      }
    }
    return codec.create(values);
  }

  private Value valueOf(FieldType type, int field) {
    return switch (type.getTypeName()) {
      case STRING -> new StringValue();
      case INT64 -> new LongValue();
      case INT32 -> new IntValue();
      // Dates and timestamps stand on an INT64, the constants of an enum on an INT32.
      case LOGICAL_TYPE -> valueOf(type.getLogicalType().getBaseType(), field);
      case BOOLEAN -> new BooleanValue();
      case DECIMAL -> new DecimalValue();
      case BYTES -> new BytesValue();
      case ROW -> new NestedValue<>(new RowBytes<>(codec.nested(field)));
      case ARRAY, ITERABLE -> new ListValue(valueOf(type.getCollectionElementType(), field));
      default ->
          throw new IllegalArgumentException(
              "no row holds a " + type + ", as " + codec.schema() + " does");
    };
  }

  private static byte[] bytes(Decoder in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFixed(bytes);
    return bytes;
  }

  /** A value as {@link RowCodec} encodes it. */
  interface Value {
    void write(Object value, Encoder out) throws IOException;

    @Nullable Object read(Decoder in) throws IOException;
  }

  private record StringValue() implements Value {
    @Override
    public void write(Object value, Encoder out) throws IOException {
      out.writeString((String) value);
    }

    @Override
    public Object read(Decoder in) throws IOException {
      return in.readString();
    }
  }

  private record LongValue() implements Value {
    @Override
    public void write(Object value, Encoder out) throws IOException {
      out.writeLong((Long) value);
    }

    @Override
    public Object read(Decoder in) throws IOException {
      return in.readLong();
    }
  }

  private record IntValue() implements Value {
    @Override
    public void write(Object value, Encoder out) throws IOException {
      out.writeInt((Integer) value);
    }

    @Override
    public Object read(Decoder in) throws IOException {
      return in.readInt();
    }
  }

  private record BooleanValue() implements Value {
    @Override
    public void write(Object value, Encoder out) throws IOException {
      out.writeBoolean((Boolean) value);
    }

    @Override
    public Object read(Decoder in) throws IOException {
      return in.readBoolean();
    }
  }

  /** With its scale, because decimals of different scales are not equal. */
  private record DecimalValue() implements Value {
    @Override
    public void write(Object value, Encoder out) throws IOException {
      BigDecimal decimal = (BigDecimal) value;
      out.writeInt(decimal.scale());
      out.writeBytes(decimal.unscaledValue().toByteArray());
    }

    @Override
    public Object read(Decoder in) throws IOException {
      int scale = in.readInt();
      byte[] unscaled = bytes(in);
      return new BigDecimal(new BigInteger(unscaled), scale);
    }
  }

  private record BytesValue() implements Value {
    @Override
    public void write(Object value, Encoder out) throws IOException {
      out.writeBytes((byte[]) value);
    }

    @Override
    public Object read(Decoder in) throws IOException {
      return bytes(in);
    }
  }

  private record NestedValue<N>(RowBytes<N> rows) implements Value {
    @Override
    @SuppressWarnings("unchecked")
    public void write(Object value, Encoder out) throws IOException {
      rows.write((N) value, out);
    }

    @Override
    public Object read(Decoder in) throws IOException {
      return rows.read(in);
    }
  }

  private record ListValue(Value element) implements Value {
    @Override
    public void write(Object value, Encoder out) throws IOException {
      List<?> elements = (List<?>) value;
      out.writeInt(elements.size());
      for (Object item : elements) {
        element.write(item, out);
      }
    }

    @Override
    public Object read(Decoder in) throws IOException {
      Object[] elements = new Object[in.readInt()];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = element.read(in);
      }
      return Arrays.asList(elements);
    }
  }
}
