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
 * The models that score the newest months. They are fitted anew on the first day of each half-year,
 * to all months whose outcome was known on that day, and score the months that end from that day to
 * the end of the half-year.
 *
 * @param firstMonth the first that is scored
 * @param fitted by the first day that they have not seen
 */
record ChurnModels(LocalDate firstMonth, ImmutableSortedMap<LocalDate, Fitted> fitted)
    implements Serializable {
  /** Months that are scored, and so evaluated once their outcome is known. */
  static final int SCORED_MONTHS = 15;

  private static final int MONTHS_BETWEEN_FITS = 6;

  /**
   * The models that were fitted on one day, by horizon; none where there was nothing to learn from.
   *
   * @param baseline knows the tenure and nothing else
   */
  record Fitted(
      ImmutableSortedMap<Horizon, LeavingModel> model,
      ImmutableSortedMap<Horizon, LeavingModel> baseline)
      implements Serializable {}

  /**
   * @param counted all months, in any order
   * @param asOf first day of which nothing is known
   */
  static ChurnModels fit(List<CountedMonth> counted, LocalDate asOf) {
    ImmutableSortedMap.Builder<LocalDate, Fitted> fitted = ImmutableSortedMap.naturalOrder();
    LocalDate newest = newestMonth(asOf);
    LocalDate first = newest.minusMonths(SCORED_MONTHS - 1);
    LocalDate last = fittedOn(newest);
    for (LocalDate day = fittedOn(first);
        !day.isAfter(last);
        day = day.plusMonths(MONTHS_BETWEEN_FITS)) {
      fitted.put(day, fitBefore(day, counted));
    }
    return new ChurnModels(first, fitted.build());
  }

  /** The newest month that has ended. */
  static LocalDate newestMonth(LocalDate asOf) {
    return asOf.withDayOfMonth(1).minusMonths(1);
  }

  /** The day on which the models of a month were fitted: on the day after its last, or before. */
  static LocalDate fittedOn(LocalDate month) {
    LocalDate cut = month.plusMonths(1);
    return cut.minusMonths((cut.getMonthValue() - 1) % MONTHS_BETWEEN_FITS);
  }

  /** The models that score a month; nothing for a month before the scored ones. */
  Optional<Fitted> of(LocalDate month) {
    return month.isBefore(firstMonth)
        ? Optional.empty()
        : Optional.ofNullable(fitted.get(fittedOn(month)));
  }

  private static Fitted fitBefore(LocalDate day, List<CountedMonth> counted) {
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
    return new Fitted(
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
