package org.stripeanalytics.warehouse.postgresql;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.model.schema.RowJson;

/**
 * Writes rows of one class as the binary format of COPY, columns in the order of the class's
 * fields. The server takes them as they are: in the text format it would look at every character of
 * every document twice, for tabs and for escapes.
 */
final class CopyBinary<T> {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int NULL = -1;
  private static final int END = -1;
  private static final byte JSONB_VERSION = 1;

  /** PostgreSQL counts days and microseconds from 2000 on. */
  private static final long EPOCH_DAY =
      ChronoUnit.DAYS.between(LocalDate.EPOCH, LocalDate.of(2000, 1, 1));

  private static final long EPOCH_MICROS = EPOCH_DAY * 86_400_000_000L;

  private final RowCodec<T> codec;
  private final RowJson<T> json;
  private final List<Form> forms = new ArrayList<>();
  private final List<String> columns;
  private final byte[] stamps;

  private CopyBinary(RowCodec<T> codec, ImmutableMap<String, Object> stamps) {
    this.codec = codec;
    this.json = RowJson.complete(codec);
    for (int i = 0; i < codec.schema().getFieldCount(); i++) {
      forms.add(formOf(codec.schema().getField(i), i));
    }
    this.columns =
        ImmutableList.<String>builder()
            .addAll(codec.schema().getFieldNames())
            .addAll(stamps.keySet())
            .build();
    this.stamps = encoded(stamps.values());
  }

  /**
   * @param stamps columns that are no fields of the class, and what each row has there: a text, or
   *     an instant
   */
  static <T> CopyBinary<T> of(RowCodec<T> codec, ImmutableMap<String, Object> stamps) {
    return new CopyBinary<>(codec, stamps);
  }

  /** The columns, in their order. */
  List<String> columns() {
    return columns;
  }

  /** What comes before the first row. */
  void begin(CopyBuffer out) {
    out.putBytes(SIGNATURE);
    // Neither flags nor an extension of the header.
    out.putInt(0);
    out.putInt(0);
  }

  /**
   * Appends one row.
   *
   * @param last the value of a column of type bigint after those
   * @throws ArithmeticException when a NUMERIC would be rounded
   */
  void write(T row, long last, CopyBuffer out) {
    out.putShort(columns.size() + 1);
    for (int i = 0; i < forms.size(); i++) {
      Object value = codec.get(row, i);
      if (value == null) {
        out.putInt(NULL);
      } else {
        forms.get(i).append(value, out);
      }
    }
    out.putBytes(stamps);
    putLong(last, out);
  }

  /** What comes after the last row. */
  void end(CopyBuffer out) {
    out.putShort(END);
  }

  /** A value is its length in bytes, and then those. */
  private Form formOf(Field field, int i) {
    return switch (field.getType().getTypeName()) {
      case STRING -> (value, out) -> putText((String) value, out);
      case INT64 -> (value, out) -> putLong((Long) value, out);
      case BOOLEAN ->
          (value, out) -> {
            out.putInt(1);
            out.putByte((Boolean) value ? 1 : 0);
          };
      case DECIMAL -> (value, out) -> BinaryNumeric.put(field.getName(), (BigDecimal) value, out);
      case LOGICAL_TYPE ->
          field.getType().getLogicalType() instanceof EpochMicros
              ? (value, out) -> putLong((Long) value - EPOCH_MICROS, out)
              : (value, out) -> {
                out.putInt(Integer.BYTES);
                out.putInt(Math.toIntExact((Long) value - EPOCH_DAY));
              };
      case ROW, ARRAY, ITERABLE -> (value, out) -> putJson(json.writeField(i, value), out);
      default -> throw new IllegalArgumentException("no column holds a " + field);
    };
  }

  private static byte[] encoded(Iterable<Object> stamps) {
    CopyBuffer out = new CopyBuffer();
    for (Object stamp : stamps) {
      if (stamp instanceof Instant) {
        putLong(EpochMicros.of((Instant) stamp) - EPOCH_MICROS, out);
      } else {
        putText((String) stamp, out);
      }
    }
    return out.toBytes();
  }

  private static void putLong(long value, CopyBuffer out) {
    out.putInt(Long.BYTES);
    out.putLong(value);
  }

  private static void putText(String text, CopyBuffer out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putInt(bytes.length);
    out.putBytes(bytes);
  }

  private static void putJson(String text, CopyBuffer out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putInt(1 + bytes.length);
    out.putByte(JSONB_VERSION);
    out.putBytes(bytes);
  }

  private interface Form {
    void append(Object value, CopyBuffer out);
  }
}
