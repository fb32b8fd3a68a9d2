package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.stripeanalytics.forecast.LeavingModel.Signs;
import org.stripeanalytics.prediction.CategoricalData;
import org.stripeanalytics.prediction.CategoricalData.Observed;
import org.stripeanalytics.prediction.Scale;

/**
 * The models that score the newest months, and those of as many months before, by which it is
 * judged whether the first of them could be trusted. They are fitted anew on the first day of each
 * quarter, to all months whose outcome was known on that day, and score the months that end from
 * that day to the end of the quarter.
 *
 * @param firstMonth the first that is shown
 * @param newestMonth the last
 * @param fitted by the first day that they have not seen
 */
record ChurnModels(
    LocalDate firstMonth, LocalDate newestMonth, ImmutableSortedMap<LocalDate, Fitted> fitted)
    implements Serializable {
  /** Months that are shown, and so evaluated once their outcome is known; and judged by. */
  static final int SCORED_MONTHS = 15;

  private static final int MONTHS_BETWEEN_FITS = 3;

  private static final ImmutableList<Scale> SCALES =
      RiskFeature.ALL.stream().map(RiskFeature::scale).collect(ImmutableList.toImmutableList());

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
    LocalDate newest = newestMonth(asOf);
    LocalDate first = newest.minusMonths(SCORED_MONTHS - 1);
    LocalDate last = fittedOn(newest);
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = fittedOn(first.minusMonths(SCORED_MONTHS - 1));
        !day.isAfter(last);
        day = day.plusMonths(MONTHS_BETWEEN_FITS)) {
      days.add(day);
    }
    // Each day's models stand alone, so that it does not matter which core fits them.
    return new ChurnModels(
        first,
        newest,
        days.parallelStream()
            .collect(
                ImmutableSortedMap.toImmutableSortedMap(
                    Comparator.naturalOrder(), day -> day, day -> fitBefore(day, counted))));
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

  /** The models that score a month; nothing for a month before the first models. */
  Optional<Fitted> of(LocalDate month) {
    return Optional.ofNullable(fitted.get(fittedOn(month)));
  }

  /** The models of a month that is shown; nothing for any other. */
  Optional<Fitted> shown(LocalDate month) {
    return isShown(month) ? of(month) : Optional.empty();
  }

  boolean isShown(LocalDate month) {
    return !month.isBefore(firstMonth) && !month.isAfter(newestMonth);
  }

  List<LocalDate> shownMonths() {
    return firstMonth.datesUntil(newestMonth.plusDays(1), Period.ofMonths(1)).toList();
  }

  private static Fitted fitBefore(LocalDate day, List<CountedMonth> counted) {
    SortedMap<Horizon, LeavingModel> model = new TreeMap<>();
    SortedMap<Horizon, LeavingModel> baseline = new TreeMap<>();
    Signs signs = Signs.NONE;
    for (Horizon horizon : Horizon.ALL) {
      List<Observed> seen = seen(horizon, day, counted);
      if (seen.isEmpty()) {
        continue;
      }
      CategoricalData voluntary = data(Risk.VOLUNTARY, seen);
      CategoricalData involuntary = data(Risk.INVOLUNTARY, seen);
      if (horizon == Horizon.ONE_MONTH) {
        signs = Signs.of(voluntary, involuntary);
      }
      model.put(horizon, LeavingModel.fit(voluntary, involuntary, horizon, signs));
      CategoricalData tenures =
          CategoricalData.of(
              ImmutableList.of(RiskFeature.TENURE.scale()),
              seen.stream().map(ChurnModels::tenureOnly).toList());
      baseline.put(horizon, LeavingModel.fit(tenures, tenures, horizon, Signs.NONE));
    }
    return new Fitted(
        ImmutableSortedMap.copyOfSorted(model), ImmutableSortedMap.copyOfSorted(baseline));
  }

  private static CategoricalData data(Risk cause, List<Observed> seen) {
    return CategoricalData.of(SCALES, RiskFeature.ignored(cause), seen);
  }

  /** Months whose outcome was known on a day: when it was does not matter. */
  private static List<Observed> seen(Horizon horizon, LocalDate day, List<CountedMonth> counted) {
    return counted.stream()
        .filter(month -> horizon.isOver(month.month(), day))
        .filter(month -> horizon.known(month.counts()) > 0)
        .map(
            month ->
                new Observed(
                    month.pattern(),
                    horizon.known(month.counts()),
                    horizon.outcomes(month.counts())))
        .toList();
  }

  private static Observed tenureOnly(Observed seen) {
    return new Observed(RiskFeature.tenureOnly(seen.pattern()), seen.trials(), seen.events());
  }
}
