package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The models that score the newest months. They are fitted anew on the first day of each quarter,
 * to all months whose outcome was known on that day, and score the months that end from that day to
 * the end of the quarter.
 *
 * @param firstMonth the first that is scored
 * @param fitted by the first day that they have not seen
 */
record ChurnModels(LocalDate firstMonth, ImmutableSortedMap<LocalDate, Quarter> fitted)
    implements Serializable {
  /** Months that are scored, and so evaluated once their outcome is known. */
  static final int SCORED_MONTHS = 15;

  private static final int MONTHS_PER_QUARTER = 3;

  /**
   * The models of one quarter, by horizon; none where there was nothing to learn from.
   *
   * @param baseline knows the tenure and nothing else
   */
  record Quarter(
      ImmutableSortedMap<Horizon, LeavingModel> model,
      ImmutableSortedMap<Horizon, LeavingModel> baseline)
      implements Serializable {}

  /**
   * @param counted all months, in any order
   * @param asOf first day of which nothing is known
   */
  static ChurnModels fit(List<CountedMonth> counted, LocalDate asOf) {
    ImmutableSortedMap.Builder<LocalDate, Quarter> fitted = ImmutableSortedMap.naturalOrder();
    LocalDate newest = newestMonth(asOf);
    LocalDate first = newest.minusMonths(SCORED_MONTHS - 1);
    LocalDate last = quarterOf(newest);
    for (LocalDate quarter = quarterOf(first);
        !quarter.isAfter(last);
        quarter = quarter.plusMonths(MONTHS_PER_QUARTER)) {
      fitted.put(quarter, fitBefore(quarter, counted));
    }
    return new ChurnModels(first, fitted.build());
  }

  /** The newest month that has ended. */
  static LocalDate newestMonth(LocalDate asOf) {
    return asOf.withDayOfMonth(1).minusMonths(1);
  }

  /** First day of the quarter in which a month is scored: on the day after its last. */
  static LocalDate quarterOf(LocalDate month) {
    LocalDate cut = month.plusMonths(1);
    return cut.minusMonths((cut.getMonthValue() - 1) % MONTHS_PER_QUARTER);
  }

  /** The models that score a month; nothing for a month before the scored ones. */
  Optional<Quarter> of(LocalDate month) {
    return month.isBefore(firstMonth)
        ? Optional.empty()
        : Optional.ofNullable(fitted.get(quarterOf(month)));
  }

  private static Quarter fitBefore(LocalDate day, List<CountedMonth> counted) {
    SortedMap<Horizon, LeavingModel> model = new TreeMap<>();
    SortedMap<Horizon, LeavingModel> baseline = new TreeMap<>();
    for (Horizon horizon : Horizon.ALL) {
      List<CountedMonth> seen = seen(horizon, day, counted);
      if (!seen.isEmpty()) {
        model.put(
            horizon,
            LeavingModel.fit(seen, horizon, RiskFeature.ALL.size(), UnaryOperator.identity()));
        baseline.put(horizon, LeavingModel.fit(seen, horizon, 1, RiskFeature::tenureOnly));
      }
    }
    return new Quarter(
        ImmutableSortedMap.copyOfSorted(model), ImmutableSortedMap.copyOfSorted(baseline));
  }

  /** Months whose outcome was known on a day, added up by pattern: when it was does not matter. */
  private static List<CountedMonth> seen(
      Horizon horizon, LocalDate day, List<CountedMonth> counted) {
    Map<ImmutableList<String>, OutcomeCounts> byPattern = new LinkedHashMap<>();
    for (CountedMonth month : counted) {
      if (horizon.isOver(month.month(), day) && horizon.known(month.counts()) > 0) {
        byPattern.merge(month.pattern(), month.counts(), CountOutcomes::plus);
      }
    }
    List<CountedMonth> seen = new ArrayList<>();
    byPattern.forEach((pattern, counts) -> seen.add(new CountedMonth(day, pattern, counts)));
    return seen;
  }
}
