package org.stripeanalytics.forecast;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Numbers as a NUMERIC holds them: rounded once, half away from zero, to nine places. */
final class Figure {
  private static final int PLACES = 9;

  /**
   * @throws NumberFormatException when it is not finite
   */
  static BigDecimal of(double value) {
    return BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_UP);
  }

  /** Null for what is not finite, and so not known. */
  static @Nullable BigDecimal orNull(double value) {
    return Double.isFinite(value) ? of(value) : null;
  }

  private Figure() {}
}
