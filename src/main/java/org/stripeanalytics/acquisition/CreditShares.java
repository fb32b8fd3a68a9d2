package org.stripeanalytics.acquisition;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.stripeanalytics.attribution.AttributionModel;
import org.stripeanalytics.attribution.Journey;
import org.stripeanalytics.attribution.Journeys;
import org.stripeanalytics.attribution.LargestRemainder;
import org.stripeanalytics.attribution.ModelSettings;
import org.stripeanalytics.attribution.TouchRule;
import org.stripeanalytics.model.facts.AttributedConversion;

/**
 * Divides one conversion among its visits. The two models that look at all journeys together divide
 * a single one so: Markov in proportion to the removal effects of its channels, Shapley equally
 * among its channels, which adds up to the Shapley value of the game whose coalitions are worth
 * what was won without other channels.
 */
final class CreditShares {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final double SECONDS_PER_DAY = 86_400;

  private final CustomerJourney conversion;
  private final Map<String, Double> removalEffects;
  private final Journey journey;

  /**
   * @param removalEffects of the Markov chain of all journeys, by channel
   */
  CreditShares(CustomerJourney conversion, Map<String, Double> removalEffects) {
    this.conversion = conversion;
    this.removalEffects = removalEffects;
    List<Visit> touches = conversion.getCredited();
    this.journey =
        Journeys.builder()
            .add(
                touches.stream().map(Visit::getChannel).toList(),
                ImmutableDoubleArray.copyOf(
                    touches.stream()
                        .map(
                            touch ->
                                Duration.between(touch.getAt(), conversion.getConvertedAt())
                                        .toSeconds()
                                    / SECONDS_PER_DAY)
                        .toList()),
                BigDecimal.ONE,
                BigDecimal.ZERO,
                BigDecimal.ZERO)
            .build()
            .journeys()
            .get(0);
  }

  /** A row for every model, channel and campaign. */
  ImmutableList<AttributedConversion> rows(String currency) {
    ImmutableList.Builder<AttributedConversion> rows = ImmutableList.builder();
    for (AttributionModel model : AttributionModel.values()) {
      rows(model, currency, rows);
    }
    return rows.build();
  }

  private void rows(
      AttributionModel model, String currency, ImmutableList.Builder<AttributedConversion> rows) {
    double[] weights = weights(model);
    Map<String, Double> byOrigin = new TreeMap<>();
    for (int i = 0; i < weights.length; i++) {
      Visit touch = conversion.getCredited().get(i);
      byOrigin.merge(touch.getChannel() + "\n" + touch.getCampaign(), weights[i], Double::sum);
    }
    double[] parts = byOrigin.values().stream().mapToDouble(Double::doubleValue).toArray();
    List<BigDecimal> ppm = LargestRemainder.divide(MILLION, 0, parts);
    List<BigDecimal> amounts = divide(conversion.getAmount(), parts);
    List<BigDecimal> newMrr = divide(conversion.getNewMrr(), parts);
    List<BigDecimal> revenues = divide(conversion.getRevenue(), parts);
    int i = 0;
    for (String origin : byOrigin.keySet()) {
      if (parts[i] > 0) {
        rows.add(
            AttributedConversion.builder()
                .setConversionId(conversion.conversionId())
                .setCustomerId(conversion.getCustomerId())
                .setConversion(conversion.getConversion())
                .setConvertedOn(conversion.getConvertedOn())
                .setModel(model.id())
                .setChannel(origin.substring(0, origin.indexOf('\n')))
                .setCampaign(origin.substring(origin.indexOf('\n') + 1))
                .setWeightPpm(ppm.get(i).longValueExact())
                .setAmountMinor(amounts.get(i).longValueExact())
                .setNewMrrMinor(newMrr.get(i).longValueExact())
                .setCurrency(currency)
                .setRevenue12mMinor(revenues.get(i).longValueExact())
                .build());
      }
      i++;
    }
  }

  private static List<BigDecimal> divide(long total, double[] parts) {
    return LargestRemainder.divide(BigDecimal.valueOf(total), 0, parts);
  }

  private double[] weights(AttributionModel model) {
    return switch (model) {
      case FIRST -> TouchRule.first().weights(journey);
      case LAST -> TouchRule.last().weights(journey);
      case LINEAR -> TouchRule.linear().weights(journey);
      case POSITION -> TouchRule.position().weights(journey);
      case TIME_DECAY ->
          TouchRule.timeDecay(ModelSettings.USUAL.halfLife(), ModelSettings.USUAL.daysBetween())
              .weights(journey);
      case MARKOV -> byChannel(removalEffects);
      case SHAPLEY -> byChannel(Map.of());
    };
  }

  /** Divides among channels, and what one gets equally among its visits. */
  private double[] byChannel(Map<String, Double> effects) {
    List<String> channels = conversion.getCredited().stream().map(Visit::getChannel).toList();
    double[] weights =
        channels.stream()
            .mapToDouble(
                channel ->
                    (effects.isEmpty() ? 1 : effects.getOrDefault(channel, 0.0))
                        / channels.stream().filter(channel::equals).count())
            .toArray();
    return Arrays.stream(weights).sum() > 0 ? weights : TouchRule.linear().weights(journey);
  }
}
