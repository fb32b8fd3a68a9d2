package org.stripeanalytics.marts;

import java.math.BigDecimal;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.seeds.Benchmark;

/** Where a figure stands among those of comparable companies, by what is good. */
enum Standing {
  TOP_QUARTER,
  ABOVE_MEDIAN,
  BELOW_MEDIAN,
  BOTTOM_QUARTER,
  UNKNOWN;

  /**
   * As far as the published percentiles tell: with only a median, above or below it; with only a
   * quarter's bound, inside that quarter or unknown.
   */
  static Standing of(@Nullable BigDecimal value, Benchmark benchmark) {
    if (value == null) {
      return UNKNOWN;
    }
    boolean up = benchmark.getHigherIsBetter();
    if (reaches(value, up ? benchmark.getP75() : benchmark.getP25(), up)) {
      return TOP_QUARTER;
    }
    if (reaches(value, up ? benchmark.getP25() : benchmark.getP75(), !up)) {
      return BOTTOM_QUARTER;
    }
    if (benchmark.getP50() == null) {
      return UNKNOWN;
    }
    return reaches(value, benchmark.getP50(), up) ? ABOVE_MEDIAN : BELOW_MEDIAN;
  }

  private static boolean reaches(BigDecimal value, @Nullable BigDecimal bound, boolean from) {
    return bound != null && (from ? value.compareTo(bound) >= 0 : value.compareTo(bound) <= 0);
  }

  /** The name it has in the tables. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
