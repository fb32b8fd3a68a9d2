package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.time.LocalDate;
import java.util.function.ToLongFunction;

/** How far ahead is predicted. */
enum Horizon {
  ONE_MONTH(
      1, OutcomeCounts::getKnown1m, OutcomeCounts::getVoluntary1m, OutcomeCounts::getInvoluntary1m),
  THREE_MONTHS(
      3, OutcomeCounts::getKnown3m, OutcomeCounts::getVoluntary3m, OutcomeCounts::getInvoluntary3m);

  /** Places of the outcomes in {@link #outcomes}. */
  static final int VOLUNTARY = 0;

  static final int INVOLUNTARY = 1;

  /** {@link OutcomeCounts#getDecided1m}, whatever the horizon. */
  static final int DECIDED = 2;

  /** {@link OutcomeCounts#getFailed1m}, whatever the horizon. */
  static final int FAILED = 3;

  static final ImmutableList<Horizon> ALL = ImmutableList.copyOf(values());

  private final int months;
  private final ToLongFunction<OutcomeCounts> known;
  private final ToLongFunction<OutcomeCounts> voluntary;
  private final ToLongFunction<OutcomeCounts> involuntary;

  Horizon(
      int months,
      ToLongFunction<OutcomeCounts> known,
      ToLongFunction<OutcomeCounts> voluntary,
      ToLongFunction<OutcomeCounts> involuntary) {
    this.months = months;
    this.known = known;
    this.voluntary = voluntary;
    this.involuntary = involuntary;
  }

  int months() {
    return months;
  }

  /** How many customers have an outcome that is known. */
  long known(OutcomeCounts counts) {
    return known.applyAsLong(counts);
  }

  long events(OutcomeCounts counts, Risk risk) {
    return switch (risk) {
      case ANY -> voluntary.applyAsLong(counts) + involuntary.applyAsLong(counts);
      case VOLUNTARY -> voluntary.applyAsLong(counts);
      case INVOLUNTARY -> involuntary.applyAsLong(counts);
    };
  }

  /** How many customers had each outcome. */
  ImmutableLongArray outcomes(OutcomeCounts counts) {
    return ImmutableLongArray.of(
        voluntary.applyAsLong(counts),
        involuntary.applyAsLong(counts),
        counts.getDecided1m(),
        counts.getFailed1m());
  }

  /** Whether on this day everything is known of a month that so many customers were counted in. */
  boolean isOver(LocalDate month, LocalDate day) {
    return !month.plusMonths(1 + months).isAfter(day);
  }
}
