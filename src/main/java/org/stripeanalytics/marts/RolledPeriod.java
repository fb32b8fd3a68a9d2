package org.stripeanalytics.marts;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.NavigableMap;
import org.stripeanalytics.model.DataInterval;

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

  /**
   * Every period in order, quiet ones included, from the one of the first event to the last that
   * the interval finishes.
   *
   * @param firstEvent the measure whose first occurrence opens the group
   */
  static <M extends Enum<M>> ImmutableList<RolledPeriod<M>> roll(
      RowGroup key,
      NavigableMap<LocalDate, Sums<M>> history,
      Grain grain,
      M firstEvent,
      DataInterval interval) {
    ImmutableList.Builder<RolledPeriod<M>> rolled = ImmutableList.builder();
    if (history.isEmpty()) {
      return rolled.build();
    }
    LocalDate first = grain.containing(interval.from());
    Sums<M> opening = Sums.none();
    for (LocalDate period = history.firstKey();
        !grain.next(period).isAfter(interval.to());
        period = grain.next(period)) {
      Sums<M> moved = history.getOrDefault(period, Sums.none());
      Sums<M> closing = opening.plus(moved);
      if (!period.isBefore(first) && closing.get(firstEvent) > 0) {
        rolled.add(new RolledPeriod<>(key, period, opening, moved, closing, history, grain));
      }
      opening = closing;
    }
    return rolled.build();
  }

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
