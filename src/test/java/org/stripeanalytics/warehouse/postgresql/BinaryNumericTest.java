package org.stripeanalytics.warehouse.postgresql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.ByteConverter;

class BinaryNumericTest {

  /** The driver's own reader is the other side; the server has the same format. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0.000000000",
        "1",
        "-1",
        "10000",
        "12345678.9",
        "0.0001",
        "-0.000000001",
        "1E+10",
        "1.50",
        "99999999999999999999999999999.999999999",
        "-99999999999999999999999999999.999999999"
      })
  void whatIsWrittenIsReadAgainExactly(String number) {
    byte[] written = written(number);

    assertThat(ByteBuffer.wrap(written).getInt(), is(written.length - Integer.BYTES));
    Number read = ByteConverter.numeric(written, Integer.BYTES, written.length - Integer.BYTES);
    assertThat(((BigDecimal) read).compareTo(new BigDecimal(number)), is(0));
  }

  @Test
  void digitsHaveFourPlacesOnEachSideOfThePoint() {
    // Two digits, the first counts ones (weight 0), positive, two decimal places: 12 and 3400.
    assertThat(shorts(written("12.34")), contains(2, 0, 0, 2, 12, 3400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0000000001", "100000000000000000000000000000"})
  void whatTheServerWouldRoundOrRefuseIsRefused(String number) {
    ArithmeticException refused = assertThrows(ArithmeticException.class, () -> written(number));

    assertThat(refused.getMessage(), containsString("does not fit NUMERIC"));
  }

  private static byte[] written(String number) {
    CopyBuffer buffer = new CopyBuffer();
    BinaryNumeric.put("rate", new BigDecimal(number), buffer);
    return buffer.toBytes();
  }

  private static List<Integer> shorts(byte[] written) {
    List<Integer> shorts = new ArrayList<>();
    for (int i = Integer.BYTES; i < written.length; i += Short.BYTES) {
      shorts.add((int) ByteBuffer.wrap(written).getShort(i));
    }
    return shorts;
  }
}
