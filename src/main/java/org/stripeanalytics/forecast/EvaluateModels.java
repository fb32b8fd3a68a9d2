package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.stripeanalytics.model.marts.EvaluationTenth;
import org.stripeanalytics.model.marts.ModelEvaluation;
import org.stripeanalytics.model.marts.MonthGate;
import org.stripeanalytics.prediction.Accuracy;

/**
 * {@code marts.model_evaluation}: the predictions of the scored months, each by the models of its
 * quarter, compared with what came; and the gates that models have to pass to be published.
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
   * @param gates of the months that are shown
   */
  record Evaluation(List<ModelEvaluation> rows, Gates gates) {}

  Evaluation evaluate() {
    Map<Horizon, List<TestedPattern>> tested = new EnumMap<>(Horizon.class);
    for (Horizon horizon : Horizon.ALL) {
      tested.put(horizon, TestedPattern.of(models, counted, horizon, asOf));
    }
    Gates gates = Gates.of(models, tested);
    List<ModelEvaluation> rows = new ArrayList<>();
    tested.forEach(
        (horizon, all) ->
            rows.addAll(
                rows(
                    all.stream().filter(one -> models.isShown(one.month())).toList(),
                    horizon,
                    gates)));
    return new Evaluation(rows, gates);
  }

  private List<ModelEvaluation> rows(List<TestedPattern> tested, Horizon horizon, Gates gates) {
    // Each risk is evaluated alone, so that it does not matter which core does it.
    return tested.isEmpty()
        ? List.of()
        : Stream.of(Risk.values())
            .parallel()
            .flatMap(risk -> rows(tested, horizon, risk, gates).stream())
            .toList();
  }

  private List<ModelEvaluation> rows(
      List<TestedPattern> tested, Horizon horizon, Risk risk, Gates gates) {
    List<ModelEvaluation> rows = new ArrayList<>();
    rows.add(row(tested, tested, horizon, risk, "all", "all", gates));
    SEGMENTS.forEach(
        (segment, feature) ->
            TestedPattern.byValue(tested, feature)
                .forEach(
                    (value, part) ->
                        rows.add(row(tested, part, horizon, risk, segment, value, gates))));
    return rows;
  }

  private static Accuracy ofModel(List<TestedPattern> tested, Risk risk) {
    return Accuracy.of(tested.stream().map(month -> month.byModel(risk)).toList());
  }

  private static Accuracy ofBaseline(List<TestedPattern> tested, Risk risk) {
    return Accuracy.of(tested.stream().map(month -> month.byBaseline(risk)).toList());
  }

  private ModelEvaluation row(
      List<TestedPattern> tested,
      List<TestedPattern> part,
      Horizon horizon,
      Risk risk,
      String segment,
      String value,
      Gates gates) {
    Gate gate = gates.of(models.newestMonth(), horizon);
    LocalDate first = tested.stream().map(TestedPattern::month).min(LocalDate::compareTo).get();
    LocalDate last = tested.stream().map(TestedPattern::month).max(LocalDate::compareTo).get();
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
        .setPublished(gate.published())
        .setReason(gate.reason())
        .setTenths(segment.equals("all") ? tenths(model) : ImmutableList.of())
        .setGates(segment.equals("all") ? gates(gates, horizon) : ImmutableList.of())
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

  private static List<MonthGate> gates(Gates gates, Horizon horizon) {
    List<MonthGate> rows = new ArrayList<>();
    gates
        .byMonth()
        .forEach(
            (month, gate) ->
                rows.add(
                    MonthGate.builder()
                        .setMonth(month)
                        .setPublished(gate.get(horizon).published())
                        .setReason(gate.get(horizon).reason())
                        .build()));
    return rows;
  }
}
