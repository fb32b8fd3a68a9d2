package org.stripeanalytics.marts;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** What a test says of a mart's rows: each told as one line. */
public final class Rows {

  /** A line per row of {@code lines}, whatever their order. */
  static <T> void assertTold(
      PCollection<T> rows,
      SerializableFunction<T, String> segment,
      String wanted,
      SerializableFunction<T, String> teller,
      String... lines) {
    PAssert.that(
            rows.apply("RowsOfSegment", Filter.by(row -> segment.apply(row).equals(wanted)))
                .apply("TellRows", MapElements.into(TypeDescriptors.strings()).via(teller)))
        .containsInAnyOrder(lines);
  }

  /** Cells joined by a blank; numbers without zeros at their end. */
  static String told(Object... cells) {
    return Arrays.stream(cells).map(Rows::cell).collect(Collectors.joining(" "));
  }

  private static String cell(Object cell) {
    return cell instanceof BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : String.valueOf(cell);
  }

  private Rows() {}
}
