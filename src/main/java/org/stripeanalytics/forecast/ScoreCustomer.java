package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hipparchus.util.FastMath;
import org.stripeanalytics.model.CurrencyExponent;
import org.stripeanalytics.model.marts.ChurnFeatures;
import org.stripeanalytics.model.marts.ChurnRisk;
import org.stripeanalytics.model.marts.RiskContribution;

/**
 * {@code marts.churn_risk}: a customer's probabilities at the end of a month.
 *
 * @param reportingCurrency ISO code in lower case
 */
record ScoreCustomer(ChurnModels models, Gates gates, String reportingCurrency)
    implements Serializable {
  private static final int CONTRIBUTIONS = 3;

  /** How many times the average probability makes a band; what is nearly average is low. */
  private static final double HIGH = 2;

  private static final double ELEVATED = 1.001;

  /** Effects that would round to nothing are not worth a word. */
  private static final double LEAST_EFFECT = 0.05;

  /** Nothing for a month that is not shown. */
  Optional<ChurnRisk> score(ObservedMonth month) {
    return models.shown(month.getFeatures().getMonth()).map(fitted -> score(month, fitted));
  }

  private ChurnRisk score(ObservedMonth month, ChurnModels.Fitted fitted) {
    ChurnFeatures features = month.getFeatures();
    Optional<Shown> oneMonth = shown(features, fitted, Horizon.ONE_MONTH);
    Optional<Shown> threeMonths = shown(features, fitted, Horizon.THREE_MONTHS);
    ChurnRisk.Builder risk =
        ChurnRisk.builder()
            .setCustomerId(features.getCustomerId())
            .setMonth(features.getMonth())
            .setRegion(features.getRegion())
            .setChannel(features.getChannel())
            .setPlan(features.getPlan())
            .setMrr(perMonth(BigDecimal.valueOf(features.getArrMinor())))
            .setBand(band(features, oneMonth))
            .setMethod1m(method(features, oneMonth))
            .setMethod3m(method(features, threeMonths))
            .setContributions(oneMonth.map(Shown::contributions).orElse(ImmutableList.of()))
            .setTrainedBefore(
                oneMonth.isPresent() || threeMonths.isPresent()
                    ? ChurnModels.fittedOn(features.getMonth())
                    : null)
            .setOutcome1m(month.getOutcome1m())
            .setOutcome3m(month.getOutcome3m());
    oneMonth.ifPresent(
        shown ->
            risk.setP1m(shown.sum())
                .setMrrAtRisk(atRisk(features, shown.sum()))
                .setP1mVoluntary(shown.rounded(Risk.VOLUNTARY))
                .setP1mInvoluntary(shown.rounded(Risk.INVOLUNTARY)));
    threeMonths.ifPresent(
        shown ->
            risk.setP3m(shown.sum())
                .setP3mVoluntary(shown.rounded(Risk.VOLUNTARY))
                .setP3mInvoluntary(shown.rounded(Risk.INVOLUNTARY)));
    return risk.build();
  }

  private BigDecimal atRisk(ChurnFeatures features, BigDecimal probability) {
    return perMonth(BigDecimal.valueOf(features.getArrMinor()).multiply(probability));
  }

  /** Annualised minor units as major units a month. */
  private BigDecimal perMonth(BigDecimal arrMinor) {
    BigDecimal aYear =
        BigDecimal.valueOf(12).scaleByPowerOfTen(CurrencyExponent.of(reportingCurrency));
    return arrMinor.divide(aYear, 9, RoundingMode.HALF_UP);
  }

  /** The model that is shown for a customer, and what it looks at. */
  private record Shown(
      String method,
      LeavingModel model,
      ImmutableList<String> pattern,
      List<RiskFeature> features) {

    BigDecimal rounded(Risk risk) {
      return Figure.of(model.probability(risk, pattern));
    }

    BigDecimal sum() {
      return rounded(Risk.VOLUNTARY).add(rounded(Risk.INVOLUNTARY));
    }

    List<RiskContribution> contributions() {
      ImmutableList<Double> effects = model.effects(pattern);
      List<RiskContribution> all = new ArrayList<>();
      for (int f = 0; f < effects.size(); f++) {
        double effect = effects.get(f);
        if (Math.abs(effect) >= LEAST_EFFECT) {
          all.add(
              RiskContribution.builder()
                  .setFeature(features.get(f).id())
                  .setWords(features.get(f).words(pattern.get(f)))
                  .setOddsFactor(Figure.of(FastMath.exp(effect)))
                  .build());
        }
      }
      return all.stream()
          .sorted(
              Comparator.comparingDouble(
                      (RiskContribution c) ->
                          -Math.abs(FastMath.log(c.getOddsFactor().doubleValue())))
                  .thenComparing(RiskContribution::getFeature))
          .limit(CONTRIBUTIONS)
          .toList();
    }
  }

  /** Nothing is predicted of those who have announced that they leave. */
  private Optional<Shown> shown(
      ChurnFeatures features, ChurnModels.Fitted fitted, Horizon horizon) {
    if (features.getIsAnnounced() || !fitted.model().containsKey(horizon)) {
      return Optional.empty();
    }
    ImmutableList<String> pattern = RiskFeature.pattern(features);
    return Optional.of(
        gates.of(features.getMonth(), horizon).isPassed()
            ? new Shown("model", fitted.model().get(horizon), pattern, RiskFeature.ALL)
            : new Shown(
                "baseline",
                fitted.baseline().get(horizon),
                RiskFeature.tenureOnly(pattern),
                ImmutableList.of(RiskFeature.TENURE)));
  }

  private static String method(ChurnFeatures features, Optional<Shown> shown) {
    return features.getIsAnnounced() ? "announced" : shown.map(Shown::method).orElse("none");
  }

  private static String band(ChurnFeatures features, Optional<Shown> shown) {
    if (features.getIsAnnounced()) {
      return "announced";
    }
    if (shown.isEmpty()) {
      return "unknown";
    }
    double factor =
        shown.get().model().probability(Risk.ANY, shown.get().pattern())
            / shown.get().model().averageProbability();
    if (factor >= HIGH) {
      return "high";
    }
    return factor >= ELEVATED ? "elevated" : "low";
  }
}
