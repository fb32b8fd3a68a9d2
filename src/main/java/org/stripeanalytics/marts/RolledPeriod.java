package org.stripeanalytics.marts;

import java.time.LocalDate;
import java.util.NavigableMap;

/**
 * A period of a row group: what moved in it, the running totals before and after it, and what moved
 * earlier.
 *
 * @param period first day of the day or month
 * @param history what moved in each period that had anything, this one included
 */
record RolledPeriod<M extends Enum<M>>(
    RowGroup key,
    LocalDate period,
    Sums<M> opening,
    Sums<M> moved,
    Sums<M> closing,
    NavigableMap<LocalDate, Sums<M>> history,
    Grain grain) {

  /** What moved so many periods before this one. */
  Sums<M> moved(int periodsBefore) {
    return history.getOrDefault(grain.before(period, periodsBefore), Sums.none());
  }

  /** What moved in so many periods before this one, together. */
  Sums<M> movedBefore(int periods) {
    return history.subMap(grain.before(period, periods), period).values().stream()
        .reduce(Sums.none(), Sums::plus);
  }
}
