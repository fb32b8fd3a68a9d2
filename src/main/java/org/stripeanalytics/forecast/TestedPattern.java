package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.stripeanalytics.prediction.Accuracy.Scored;

/**
 * Customers who were alike at the end of a month, what was predicted of them, and what came.
 *
 * @param trials those whose outcome is known
 * @param voluntary how many of them left of their own accord
 * @param involuntary how many left because payment failed
 * @param model what it gave them
 * @param baseline likewise
 */
record TestedPattern(
    LocalDate month,
    ImmutableList<String> pattern,
    long trials,
    long voluntary,
    long involuntary,
    LeavingModel.Chances model,
    LeavingModel.Chances baseline) {

  /**
   * Every month whose outcome is known on a day, scored by the models of its quarter; months before
   * the first models are left out.
   *
   * @param counted all months, in any order
   */
  static List<TestedPattern> of(
      ChurnModels models, List<CountedMonth> counted, Horizon horizon, LocalDate day) {
    return counted.parallelStream()
        .filter(month -> horizon.isOver(month.month(), day) && horizon.known(month.counts()) > 0)
        .flatMap(
            month ->
                models
                    .of(month.month())
                    .filter(fitted -> fitted.model().containsKey(horizon))
                    .map(fitted -> of(month, horizon, fitted))
                    .stream())
        .toList();
  }

  private static TestedPattern of(CountedMonth month, Horizon horizon, ChurnModels.Fitted fitted) {
    ImmutableList<String> tenure = RiskFeature.tenureOnly(month.pattern());
    return new TestedPattern(
        month.month(),
        month.pattern(),
        horizon.known(month.counts()),
        horizon.events(month.counts(), Risk.VOLUNTARY),
        horizon.events(month.counts(), Risk.INVOLUNTARY),
        fitted.model().get(horizon).chances(month.pattern()),
        fitted.baseline().get(horizon).chances(tenure));
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

  long events(Risk risk) {
    return switch (risk) {
      case ANY -> voluntary + involuntary;
      case VOLUNTARY -> voluntary;
      case INVOLUNTARY -> involuntary;
    };
  }

  Scored byModel(Risk risk) {
    return new Scored(model.of(risk), trials, events(risk));
  }

  Scored byBaseline(Risk risk) {
    return new Scored(baseline.of(risk), trials, events(risk));
  }
}
