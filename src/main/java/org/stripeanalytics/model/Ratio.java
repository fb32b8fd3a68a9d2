package org.stripeanalytics.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The one division of the marts: a fraction of integers, rounded once, half away from zero, to the
 * nine places of NUMERIC.
 */
public final class Ratio {
  private static final int PLACES = 9;

  /**
   * @throws ArithmeticException when the denominator is zero
   */
  public static BigDecimal of(long numerator, long denominator) {
    return of(BigDecimal.valueOf(numerator), BigDecimal.valueOf(denominator));
  }

  /** The same for integers beyond 64 bits. */
  public static BigDecimal of(BigDecimal numerator, BigDecimal denominator) {
    return numerator.divide(denominator, PLACES, RoundingMode.HALF_UP);
  }

  /** Null where the denominator is zero: a rate of nothing is unknown, not 0. */
  public static @Nullable BigDecimal orNull(long numerator, long denominator) {
    return denominator == 0 ? null : of(numerator, denominator);
  }

  /** An exact amount rounded to a whole number of minor units, half away from zero. */
  public static long round(BigDecimal exact) {
    return exact.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  /** An integer quotient, rounded half away from zero. */
  public static long round(long numerator, long denominator) {
    if (numerator % denominator == 0) {
      return numerator / denominator;
    }
    return round(
        BigDecimal.valueOf(numerator)
            .divide(BigDecimal.valueOf(denominator), MathContext.DECIMAL128));
  }

  private Ratio() {}
}
