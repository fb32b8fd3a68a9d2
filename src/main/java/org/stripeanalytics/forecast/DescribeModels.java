package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.model.ops.FittedModel;
import org.stripeanalytics.model.ops.ModelCoefficient;
import org.stripeanalytics.prediction.CategoricalModel;
import org.stripeanalytics.prediction.CategoricalModel.Effect;

/** {@code ops.models}: every model that a run has fitted. */
final class DescribeModels {

  static List<FittedModel> rows(ChurnModels models, LocalDate asOf) {
    List<FittedModel> rows = new ArrayList<>();
    models
        .fitted()
        .forEach(
            (day, fitted) -> {
              fitted.model().forEach((h, m) -> rows.addAll(rows(day, asOf, h, "model", m)));
              fitted.baseline().forEach((h, m) -> rows.addAll(rows(day, asOf, h, "baseline", m)));
            });
    return rows;
  }

  private static List<FittedModel> rows(
      LocalDate day, LocalDate asOf, Horizon horizon, String kind, LeavingModel model) {
    ImmutableList<RiskFeature> features =
        kind.equals("model") ? RiskFeature.ALL : ImmutableList.of(RiskFeature.TENURE);
    return List.of(
        row(day, asOf, horizon, kind, Risk.VOLUNTARY, model.voluntary(), features),
        row(day, asOf, horizon, kind, Risk.INVOLUNTARY, model.involuntary(), features));
  }

  private static FittedModel row(
      LocalDate day,
      LocalDate asOf,
      Horizon horizon,
      String kind,
      Risk risk,
      CategoricalModel model,
      ImmutableList<RiskFeature> features) {
    return FittedModel.builder()
        .setModelId("churn_%dm_%s_%s_%s".formatted(horizon.months(), risk.id(), kind, day))
        .setHorizonMonths(horizon.months())
        .setRisk(risk.id())
        .setKind(kind)
        .setTrainedBefore(day)
        .setCustomerMonths(model.trials())
        .setEvents(model.events())
        .setIntercept(Figure.of(model.intercept()))
        .setLogLikelihood(Figure.of(model.logLikelihood()))
        .setCoefficients(coefficients(model, features))
        .setHash(hash(model))
        .setAsOf(asOf)
        .build();
  }

  private static List<ModelCoefficient> coefficients(
      CategoricalModel model, ImmutableList<RiskFeature> features) {
    List<ModelCoefficient> coefficients = new ArrayList<>();
    for (int f = 0; f < features.size(); f++) {
      String feature = features.get(f).id();
      model
          .effects()
          .get(f)
          .forEach(
              (value, effect) ->
                  coefficients.add(
                      ModelCoefficient.builder()
                          .setFeature(feature)
                          .setValue(value)
                          .setEffect(Figure.of(effect.logit()))
                          .setCustomerMonths(effect.trials())
                          .build()));
    }
    return coefficients;
  }

  private static String hash(CategoricalModel model) {
    Hasher hasher = Hashing.sha256().newHasher().putDouble(model.intercept());
    for (ImmutableMap<String, Effect> feature : model.effects()) {
      for (Map.Entry<String, Effect> value : feature.entrySet()) {
        hasher.putString(value.getKey(), StandardCharsets.UTF_8);
        hasher.putDouble(value.getValue().logit());
      }
    }
    return hasher.hash().toString();
  }

  private DescribeModels() {}
}
