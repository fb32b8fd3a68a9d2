package org.stripeanalytics.prediction;

import com.google.common.base.Splitter;
import java.util.List;

/** Observations as papers print them: a duration each, with a plus where it is censored. */
final class Durations {
  /**
   * Weeks in remission: Freireich and others, The Effect of 6-Mercaptopurine on the Duration of
   * Steroid-Induced Remissions in Acute Leukemia, Blood 21 (1963). The example of Cox (1972).
   */
  static final List<Observation> MERCAPTOPURINE =
      of("6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+");

  static final List<Observation> PLACEBO = of("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23");

  /** Weeks: Embury and others (1977), data set aml of R's package survival. */
  static final List<Observation> MAINTAINED = of("9 13 13+ 18 23 28+ 31 34 45+ 48 161+");

  static final List<Observation> NOT_MAINTAINED = of("5 5 8 8 12 16+ 23 27 30 33 43 45");

  static List<Observation> of(String durations) {
    return Splitter.on(' ')
        .splitToStream(durations)
        .map(
            text -> new Observation(Double.parseDouble(text.replace("+", "")), !text.endsWith("+")))
        .toList();
  }

  private Durations() {}
}
