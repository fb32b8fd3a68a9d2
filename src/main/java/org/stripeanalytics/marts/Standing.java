package org.stripeanalytics.marts;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.seeds.Benchmark;

/** Where a figure stands among those of comparable companies, by what is good. */
enum Standing {
  TOP_DECILE,
  TOP_QUARTER,
  ABOVE_MEDIAN,
  BELOW_MEDIAN,
  BOTTOM_QUARTER,
  /** Not in the top quarter, nor known to be in the bottom one; no median is published. */
  BELOW_TOP_QUARTER,
  UNKNOWN;

  /** What the published percentiles say of a value; empty where they say nothing. */
  static Optional<Standing> of(BigDecimal value, Benchmark benchmark) {
    boolean up = benchmark.getHigherIsBetter();
    @Nullable BigDecimal best = up ? benchmark.getP75() : benchmark.getP25();
    @Nullable BigDecimal worst = up ? benchmark.getP25() : benchmark.getP75();
    if (up && reaches(value, benchmark.getP90(), true)) {
      return Optional.of(TOP_DECILE);
    }
    if (reaches(value, best, up)) {
      return Optional.of(TOP_QUARTER);
    }
    if (reaches(value, worst, !up) || (!up && reaches(value, benchmark.getP90(), true))) {
      return Optional.of(BOTTOM_QUARTER);
    }
    if (benchmark.getP50() != null) {
      return Optional.of(reaches(value, benchmark.getP50(), up) ? ABOVE_MEDIAN : BELOW_MEDIAN);
    }
    return best == null ? Optional.empty() : Optional.of(BELOW_TOP_QUARTER);
  }

  private static boolean reaches(BigDecimal value, @Nullable BigDecimal bound, boolean from) {
    return bound != null && (from ? value.compareTo(bound) >= 0 : value.compareTo(bound) <= 0);
  }

  /** The name it has in the tables. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
