package org.stripeanalytics.forecast;

import static com.google.common.collect.Maps.toImmutableEnumMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.stripeanalytics.model.marts.EvaluationTenth;
import org.stripeanalytics.model.marts.ModelEvaluation;
import org.stripeanalytics.prediction.Accuracy;
import org.stripeanalytics.prediction.Accuracy.Scored;

/**
 * {@code marts.model_evaluation}: the predictions of the scored months, each by the models of its
 * quarter, compared with what came; and the gate that a model has to pass to be published.
 */
final class EvaluateModels {
  private static final ImmutableMap<String, RiskFeature> SEGMENTS =
      ImmutableMap.of(
          "plan", RiskFeature.PLAN, "region", RiskFeature.REGION, "channel", RiskFeature.CHANNEL);

  private final ChurnModels models;
  private final List<CountedMonth> counted;
  private final LocalDate asOf;

  /**
   * @param counted all months, in any order
   */
  EvaluateModels(ChurnModels models, List<CountedMonth> counted, LocalDate asOf) {
    this.models = models;
    this.counted = counted;
    this.asOf = asOf;
  }

  /**
   * @param rows none for a horizon without a month whose outcome is known
   * @param gates by horizon; without a month to test, the baseline is published
   */
  record Evaluation(List<ModelEvaluation> rows, Map<Horizon, Gate> gates) {}

  Evaluation evaluate() {
    List<ModelEvaluation> rows = new ArrayList<>();
    Map<Horizon, Gate> gates = new EnumMap<>(Horizon.class);
    for (Horizon horizon : Horizon.ALL) {
      List<Tested> tested =
          counted.stream()
              .filter(month -> horizon.isOver(month.month(), asOf))
              .filter(month -> isScored(month, horizon))
              .map(month -> Tested.of(month, horizon, models.of(month.month()).orElseThrow()))
              .toList();
      if (tested.isEmpty()) {
        gates.put(horizon, Gate.UNTESTED);
        continue;
      }
      Gate gate = Gate.of(ofModel(tested, Risk.ANY), ofBaseline(tested, Risk.ANY), alone(tested));
      gates.put(horizon, gate);
      for (Risk risk : Risk.values()) {
        rows.add(row(tested, tested, horizon, risk, "all", "all", gate));
        SEGMENTS.forEach(
            (segment, feature) ->
                byValue(tested, feature)
                    .forEach(
                        (value, part) ->
                            rows.add(row(tested, part, horizon, risk, segment, value, gate))));
      }
    }
    return new Evaluation(rows, gates);
  }

  private boolean isScored(CountedMonth month, Horizon horizon) {
    return horizon.known(month.counts()) > 0
        && models
            .of(month.month())
            .filter(fitted -> fitted.model().containsKey(horizon))
            .isPresent();
  }

  /** The AUC of every feature whose values are ranked by how many of their customers left. */
  private static Map<String, Double> alone(List<Tested> tested) {
    Map<String, Double> alone = new TreeMap<>();
    for (RiskFeature feature : RiskFeature.ALL) {
      List<Scored> values = new ArrayList<>();
      for (List<Tested> part : byValue(tested, feature).values()) {
        long trials = part.stream().mapToLong(Tested::trials).sum();
        long events = part.stream().mapToLong(month -> month.events().get(Risk.ANY)).sum();
        values.add(new Scored((double) events / trials, trials, events));
      }
      alone.put(feature.id(), Accuracy.of(values).auc());
    }
    return alone;
  }

  private static Map<String, List<Tested>> byValue(List<Tested> months, RiskFeature feature) {
    Map<String, List<Tested>> byValue = new TreeMap<>();
    for (Tested month : months) {
      byValue
          .computeIfAbsent(month.pattern().get(feature.ordinal()), absent -> new ArrayList<>())
          .add(month);
    }
    return byValue;
  }

  /**
   * A month whose outcome is known, and what was predicted of it.
   *
   * @param model by risk
   * @param baseline likewise
   */
  private record Tested(
      LocalDate month,
      ImmutableList<String> pattern,
      long trials,
      ImmutableMap<Risk, Long> events,
      ImmutableMap<Risk, Double> model,
      ImmutableMap<Risk, Double> baseline) {

    static Tested of(CountedMonth month, Horizon horizon, ChurnModels.Fitted fitted) {
      ImmutableList<String> tenure = RiskFeature.tenureOnly(month.pattern());
      return new Tested(
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

    Scored byModel(Risk risk) {
      return new Scored(model.get(risk), trials, events.get(risk));
    }

    Scored byBaseline(Risk risk) {
      return new Scored(baseline.get(risk), trials, events.get(risk));
    }
  }

  private static Accuracy ofModel(List<Tested> tested, Risk risk) {
    return Accuracy.of(tested.stream().map(month -> month.byModel(risk)).toList());
  }

  private static Accuracy ofBaseline(List<Tested> tested, Risk risk) {
    return Accuracy.of(tested.stream().map(month -> month.byBaseline(risk)).toList());
  }

  private ModelEvaluation row(
      List<Tested> tested,
      List<Tested> part,
      Horizon horizon,
      Risk risk,
      String segment,
      String value,
      Gate gate) {
    LocalDate first = tested.stream().map(Tested::month).min(LocalDate::compareTo).get();
    LocalDate last = tested.stream().map(Tested::month).max(LocalDate::compareTo).get();
    Accuracy model = ofModel(part, risk);
    Accuracy baseline = ofBaseline(part, risk);
    return ModelEvaluation.builder()
        .setHorizonMonths(horizon.months())
        .setRisk(risk.id())
        .setSegment(segment)
        .setSegmentValue(value)
        .setTestedFrom(first)
        .setTestedTo(last)
        .setFirstTrainedBefore(ChurnModels.fittedOn(first))
        .setLastTrainedBefore(ChurnModels.fittedOn(last))
        .setCustomerMonths(model.trials())
        .setEvents(model.events())
        .setPrevalence(Figure.of(model.prevalence()))
        .setAuc(Figure.orNull(model.auc()))
        .setBrier(Figure.of(model.brier()))
        .setLogLoss(Figure.of(model.logLoss()))
        .setCalibrationSlope(Figure.orNull(model.calibration().slope()))
        .setCalibrationIntercept(Figure.orNull(model.calibration().intercept()))
        .setEce(Figure.of(model.expectedCalibrationError()))
        .setLift10(Figure.orNull(model.liftOfTopTenth()))
        .setBaselineAuc(Figure.orNull(baseline.auc()))
        .setBaselineBrier(Figure.of(baseline.brier()))
        .setBaselineLogLoss(Figure.of(baseline.logLoss()))
        .setPublished(gate.isPassed() ? "model" : "baseline")
        .setReason(gate.reason())
        .setTenths(segment.equals("all") ? tenths(model) : ImmutableList.of())
        .build();
  }

  private static List<EvaluationTenth> tenths(Accuracy accuracy) {
    List<EvaluationTenth> tenths = new ArrayList<>();
    for (Accuracy.Tenth tenth : accuracy.tenths()) {
      tenths.add(
          EvaluationTenth.builder()
              .setTenth(tenths.size() + 1)
              .setPredicted(Figure.of(tenth.predicted()))
              .setObserved(Figure.of(tenth.observed()))
              .build());
    }
    return tenths;
  }
}
