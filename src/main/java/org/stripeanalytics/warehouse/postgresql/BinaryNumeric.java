package org.stripeanalytics.warehouse.postgresql;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A NUMERIC as the server sends and takes it: digits of four decimal places each, the first of
 * which counts 10,000 to the power of the weight.
 */
final class BinaryNumeric {
  private static final int SCALE = 9;
  private static final int PRECISION = 38;
  private static final int PLACES = 4;
  private static final int BASE = 10_000;
  private static final BigInteger BIG_BASE = BigInteger.valueOf(BASE);
  private static final int NEGATIVE = 0x4000;
  private static final int MOST_DIGITS = PRECISION / PLACES + 2;

  private BinaryNumeric() {}

  /**
   * Appends a value and before it its length.
   *
   * @throws ArithmeticException when PostgreSQL would round it
   */
  static void put(String column, BigDecimal value, CopyBuffer out) {
    BigDecimal exact = value.stripTrailingZeros();
    if (exact.scale() > SCALE || exact.precision() - exact.scale() > PRECISION - SCALE) {
      throw new ArithmeticException(
          column + " = " + value + " does not fit NUMERIC: 29 digits, 9 decimal places");
    }
    int fractionDigits = (Math.max(exact.scale(), 0) + PLACES - 1) / PLACES;
    int[] digits = new int[MOST_DIGITS];
    int count = split(exact.setScale(fractionDigits * PLACES).unscaledValue().abs(), digits);
    out.putInt(Short.BYTES * (4 + count));
    out.putShort(count);
    out.putShort(count - 1 - fractionDigits);
    out.putShort(exact.signum() < 0 ? NEGATIVE : 0);
    out.putShort(Math.max(exact.scale(), 0));
    for (int i = count - 1; i >= 0; i--) {
      out.putShort(digits[i]);
    }
  }

  /** Fills in the digits, the last one first, and returns how many there are. */
  private static int split(BigInteger number, int[] digits) {
    int count = 0;
    BigInteger high = number;
    while (high.bitLength() >= Long.SIZE) {
      BigInteger[] parts = high.divideAndRemainder(BIG_BASE);
      digits[count++] = parts[1].intValue();
      high = parts[0];
    }
    for (long rest = high.longValue(); rest != 0; rest /= BASE) {
      digits[count++] = (int) (rest % BASE);
    }
    return count;
  }
}
