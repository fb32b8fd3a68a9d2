package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.stripeanalytics.prediction.Accuracy;
import org.stripeanalytics.prediction.Accuracy.Scored;

/**
 * For every month that is shown, whether the models could be published at its end: by the
 * predictions of the {@link ChurnModels#SCORED_MONTHS} months up to it whose outcome was known
 * then. What came later changes no gate of an earlier month.
 *
 * @param byMonth every horizon of every month that is shown
 */
record Gates(ImmutableSortedMap<LocalDate, ImmutableMap<Horizon, Gate>> byMonth)
    implements Serializable {

  /**
   * @param tested by horizon, all months that have models and whose outcome is known
   */
  static Gates of(ChurnModels models, Map<Horizon, List<TestedPattern>> tested) {
    Map<Horizon, Map<LocalDate, MonthTest>> tests = new EnumMap<>(Horizon.class);
    tested.forEach((horizon, patterns) -> tests.put(horizon, MonthTest.byMonth(patterns)));
    // Each month is judged alone, so that it does not matter which core does it.
    return new Gates(
        models.shownMonths().parallelStream()
            .collect(
                ImmutableSortedMap.toImmutableSortedMap(
                    Comparator.naturalOrder(),
                    month -> month,
                    month ->
                        Horizon.ALL.stream()
                            .collect(
                                Maps.toImmutableEnumMap(
                                    horizon -> horizon,
                                    horizon -> gate(month, horizon, tests.get(horizon)))))));
  }

  private static Gate gate(LocalDate month, Horizon horizon, Map<LocalDate, MonthTest> tests) {
    List<MonthTest> known = new ArrayList<>();
    LocalDate cut = month.plusMonths(1);
    for (LocalDate before = cut.minusMonths(ChurnModels.SCORED_MONTHS);
        horizon.isOver(before, cut);
        before = before.plusMonths(1)) {
      if (tests.containsKey(before)) {
        known.add(tests.get(before));
      }
    }
    return known.isEmpty()
        ? Gate.UNTESTED
        : Gate.of(
            accuracy(known.stream().map(MonthTest::model).toList()),
            accuracy(known.stream().map(MonthTest::baseline).toList()),
            alone(known));
  }

  private static Accuracy accuracy(List<List<Scored>> months) {
    return Accuracy.of(months.stream().flatMap(List::stream).toList());
  }

  /** The AUC of every feature whose values are ranked by how many of their customers left. */
  private static Map<String, Double> alone(List<MonthTest> months) {
    Map<String, Double> alone = new TreeMap<>();
    for (RiskFeature feature : RiskFeature.ALL) {
      Map<String, Counts> sums = new TreeMap<>();
      for (MonthTest month : months) {
        month
            .byValue()
            .get(feature)
            .forEach((value, counts) -> sums.merge(value, counts, Counts::plus));
      }
      alone.put(
          feature.id(),
          Accuracy.of(sums.values().stream().map(Counts::scoredByThemselves).toList()).auc());
    }
    return alone;
  }

  Gate of(LocalDate month, Horizon horizon) {
    return byMonth.get(month).get(horizon);
  }

  /** How many customers a value has, and how many of them left. */
  private record Counts(long trials, long events) {
    Counts plus(Counts other) {
      return new Counts(trials + other.trials, events + other.events);
    }

    Scored scoredByThemselves() {
      return new Scored((double) events / trials, trials, events);
    }
  }

  /**
   * What gates need to know of a month: it is part of many.
   *
   * @param byValue of each feature
   */
  private record MonthTest(
      List<Scored> model, List<Scored> baseline, Map<RiskFeature, Map<String, Counts>> byValue) {

    static Map<LocalDate, MonthTest> byMonth(List<TestedPattern> tested) {
      return tested.stream()
          .collect(
              Collectors.groupingBy(
                  TestedPattern::month,
                  TreeMap::new,
                  Collectors.collectingAndThen(Collectors.toList(), MonthTest::of)));
    }

    private static MonthTest of(List<TestedPattern> month) {
      Map<RiskFeature, Map<String, Counts>> byValue = new EnumMap<>(RiskFeature.class);
      for (RiskFeature feature : RiskFeature.ALL) {
        Map<String, Counts> counts = new TreeMap<>();
        for (TestedPattern one : month) {
          counts.merge(
              one.value(feature), new Counts(one.trials(), one.events(Risk.ANY)), Counts::plus);
        }
        byValue.put(feature, counts);
      }
      return new MonthTest(
          Accuracy.merged(month.stream().map(one -> one.byModel(Risk.ANY)).toList()),
          Accuracy.merged(month.stream().map(one -> one.byBaseline(Risk.ANY)).toList()),
          byValue);
    }
  }
}
