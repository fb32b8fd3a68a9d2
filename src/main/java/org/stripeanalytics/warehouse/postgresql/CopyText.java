package org.stripeanalytics.warehouse.postgresql;

import com.google.common.base.CharMatcher;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.model.schema.RowJson;

/**
 * Writes rows of one class as the text format of COPY: a line per row, columns in the order of the
 * class's fields, tabs between them.
 */
final class CopyText<T> {
  private static final int NUMERIC_SCALE = 9;
  private static final int NUMERIC_PRECISION = 38;
  private static final CharMatcher NEEDS_ESCAPE = CharMatcher.anyOf("\\\n\r\t").precomputed();
  private static final String NULL = "\\N";
  private static final long MICROS_A_SECOND = 1_000_000;
  private static final long MICROS_A_DAY = 86_400 * MICROS_A_SECOND;

  private final RowCodec<T> codec;
  private final RowJson<T> json;
  private final List<Form> forms = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private long day;
  private String dayText = LocalDate.EPOCH.toString();

  private CopyText(RowCodec<T> codec) {
    this.codec = codec;
    this.json = RowJson.complete(codec);
    for (int i = 0; i < codec.schema().getFieldCount(); i++) {
      forms.add(formOf(codec.schema().getField(i), i));
    }
  }

  static <T> CopyText<T> of(RowCodec<T> codec) {
    return new CopyText<>(codec);
  }

  /** The columns, in their order. */
  List<String> columns() {
    return codec.schema().getFieldNames();
  }

  /**
   * Appends one line.
   *
   * @param last the value of a column after those of the row
   * @throws ArithmeticException when a NUMERIC would be rounded
   */
  void write(T row, String last, ByteArrayOutputStream out) {
    line.setLength(0);
    for (int i = 0; i < forms.size(); i++) {
      Object value = codec.get(row, i);
      if (value == null) {
        line.append(NULL);
      } else {
        forms.get(i).append(value, line);
      }
      line.append('\t');
    }
    line.append(last).append('\n');
    out.writeBytes(line.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Form formOf(Field field, int i) {
    return switch (field.getType().getTypeName()) {
      case STRING -> (value, line) -> escape((String) value, line);
      case INT64 -> (value, line) -> line.append((long) (Long) value);
      case BOOLEAN -> (value, line) -> line.append((Boolean) value ? 't' : 'f');
      case DECIMAL -> (value, line) -> line.append(numeric(field, (BigDecimal) value));
      case LOGICAL_TYPE ->
          field.getType().getLogicalType() instanceof EpochMicros
              ? (value, line) -> appendTimestamp((Long) value, line)
              : (value, line) -> appendDay((Long) value, line);
      case ROW, ARRAY, ITERABLE -> (value, line) -> escape(json.writeField(i, value), line);
      default -> throw new IllegalArgumentException("no column holds a " + field);
    };
  }

  /** Without a formatter, because it is asked for every timestamp of every row. */
  private void appendTimestamp(long micros, StringBuilder line) {
    appendDay(Math.floorDiv(micros, MICROS_A_DAY), line);
    long ofDay = Math.floorMod(micros, MICROS_A_DAY);
    int second = (int) (ofDay / MICROS_A_SECOND);
    appendTwo(second / 3600, line.append(' '));
    appendTwo(second / 60 % 60, line.append(':'));
    appendTwo(second % 60, line.append(':'));
    int fraction = (int) (ofDay % MICROS_A_SECOND);
    if (fraction != 0) {
      line.append('.');
      for (int unit = 100_000; unit > 0; unit /= 10) {
        line.append((char) ('0' + fraction / unit % 10));
      }
    }
  }

  /** Days repeat from row to row. */
  private void appendDay(long epochDay, StringBuilder line) {
    if (epochDay != day) {
      day = epochDay;
      dayText = LocalDate.ofEpochDay(epochDay).toString();
    }
    line.append(dayText);
  }

  private static void appendTwo(int number, StringBuilder line) {
    line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private static void escape(String text, StringBuilder line) {
    if (!NEEDS_ESCAPE.matchesAnyOf(text)) {
      line.append(text);
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> line.append(c);
      }
    }
  }

  /** PostgreSQL would round. */
  private static String numeric(Field field, BigDecimal value) {
    BigDecimal exact = value.stripTrailingZeros();
    if (exact.scale() > NUMERIC_SCALE
        || exact.precision() - exact.scale() > NUMERIC_PRECISION - NUMERIC_SCALE) {
      throw new ArithmeticException(
          field.getName() + " = " + value + " does not fit NUMERIC: 29 digits, 9 decimal places");
    }
    return exact.toPlainString();
  }

  private interface Form {
    void append(Object value, StringBuilder line);
  }
}
