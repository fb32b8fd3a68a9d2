package org.stripeanalytics.forecast;

import static com.google.common.collect.Maps.toImmutableEnumMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.stripeanalytics.prediction.Accuracy.Scored;

/**
 * Customers who were alike at the end of a month, what was predicted of them, and what came.
 *
 * @param trials those whose outcome is known
 * @param events by risk
 * @param model what it gave them, by risk
 * @param baseline likewise
 */
record TestedPattern(
    LocalDate month,
    ImmutableList<String> pattern,
    long trials,
    ImmutableMap<Risk, Long> events,
    ImmutableMap<Risk, Double> model,
    ImmutableMap<Risk, Double> baseline) {

  /**
   * Every month whose outcome is known on a day, scored by the models of its quarter; months before
   * the first models are left out.
   *
   * @param counted all months, in any order
   */
  static List<TestedPattern> of(
      ChurnModels models, List<CountedMonth> counted, Horizon horizon, LocalDate day) {
    List<TestedPattern> tested = new ArrayList<>();
    for (CountedMonth month : counted) {
      if (horizon.isOver(month.month(), day) && horizon.known(month.counts()) > 0) {
        models
            .of(month.month())
            .filter(fitted -> fitted.model().containsKey(horizon))
            .ifPresent(fitted -> tested.add(of(month, horizon, fitted)));
      }
    }
    return tested;
  }

  private static TestedPattern of(CountedMonth month, Horizon horizon, ChurnModels.Fitted fitted) {
    ImmutableList<String> tenure = RiskFeature.tenureOnly(month.pattern());
    return new TestedPattern(
        month.month(),
        month.pattern(),
        horizon.known(month.counts()),
        byRisk(risk -> horizon.events(month.counts(), risk)),
        byRisk(risk -> fitted.model().get(horizon).probability(risk, month.pattern())),
        byRisk(risk -> fitted.baseline().get(horizon).probability(risk, tenure)));
  }

  private static <V> ImmutableMap<Risk, V> byRisk(Function<Risk, V> value) {
    return Stream.of(Risk.values()).collect(toImmutableEnumMap(risk -> risk, value));
  }

  /** The same by what customers had of a feature. */
  static Map<String, List<TestedPattern>> byValue(List<TestedPattern> tested, RiskFeature feature) {
    Map<String, List<TestedPattern>> byValue = new TreeMap<>();
    for (TestedPattern one : tested) {
      byValue.computeIfAbsent(one.value(feature), absent -> new ArrayList<>()).add(one);
    }
    return byValue;
  }

  String value(RiskFeature feature) {
    return pattern.get(feature.ordinal());
  }

  Scored byModel(Risk risk) {
    return new Scored(model.get(risk), trials, events.get(risk));
  }

  Scored byBaseline(Risk risk) {
    return new Scored(baseline.get(risk), trials, events.get(risk));
  }
}
