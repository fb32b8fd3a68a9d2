package org.stripeanalytics.attribution;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.stripeanalytics.attribution.ModelSettings.Worth;

/**
 * What one model gives each channel, in the order of {@link Journeys#channels()}. The conversions
 * sum exactly to those of the journeys, and so does the value; only in {@link Worth#GAME} both sum
 * to the worth of all channels together.
 *
 * @param conversions credited to each channel
 * @param shares the same as parts of 1, which they sum to unless there is no conversion
 * @param value credited to each channel
 * @param chain what the Markov chain says; empty for other models
 */
public record Attribution(
    AttributionModel model,
    ImmutableList<BigDecimal> conversions,
    ImmutableList<BigDecimal> shares,
    ImmutableList<BigDecimal> value,
    Optional<MarkovChain.Solution> chain) {

  /** A double has one or two more, which hold the errors of its sums. */
  private static final int DIGITS = 14;

  /**
   * Divides what the journeys brought.
   *
   * @param valueDecimals how many decimals of the value are kept; empty for all that a double holds
   * @throws IllegalArgumentException when there are more channels than the model can take
   */
  public static Attribution of(
      Journeys journeys,
      AttributionModel model,
      ModelSettings settings,
      OptionalInt valueDecimals) {
    Optional<MarkovChain.Solution> chain = Optional.empty();
    double[] conversions;
    double[] value;
    if (model == AttributionModel.MARKOV) {
      MarkovChain.Solution solution = MarkovChain.of(journeys, settings.order()).solve();
      conversions = solution.removalEffects().toArray();
      value = solution.valueRemovalEffects().toArray();
      chain = Optional.of(solution);
    } else {
      conversions = weights(journeys, model, settings, Journey::conversions);
      value = weights(journeys, model, settings, Journey::value);
    }
    boolean game = model == AttributionModel.SHAPLEY && settings.worth() == Worth.GAME;
    BigDecimal allConversions = game ? sum(conversions) : journeys.conversions();
    BigDecimal allValue = game ? sum(value) : journeys.value();
    BigDecimal one = allConversions.signum() == 0 ? BigDecimal.ZERO : BigDecimal.ONE;
    return new Attribution(
        model,
        LargestRemainder.divide(allConversions, decimals(allConversions), conversions),
        LargestRemainder.divide(one, decimals(one), conversions),
        LargestRemainder.divide(allValue, valueDecimals.orElse(decimals(allValue)), value),
        chain);
  }

  private static double[] weights(
      Journeys journeys,
      AttributionModel model,
      ModelSettings settings,
      ToDoubleFunction<Journey> brought) {
    return switch (model) {
      case FIRST -> TouchRule.first().credits(journeys, brought);
      case LAST -> TouchRule.last().credits(journeys, brought);
      case LINEAR -> TouchRule.linear().credits(journeys, brought);
      case POSITION -> TouchRule.position().credits(journeys, brought);
      case TIME_DECAY ->
          TouchRule.timeDecay(settings.halfLife(), settings.daysBetween())
              .credits(journeys, brought);
      case SHAPLEY ->
          switch (settings.worth()) {
            case SUBSETS -> ShapleyValue.ofSubsets(journeys, brought);
            case RATE -> ShapleyValue.ofRates(journeys, brought);
            case GAME -> ShapleyValue.ofGame(journeys, brought);
          };
      case MARKOV -> throw new IllegalArgumentException("a chain has no weights by journey");
    };
  }

  private static BigDecimal sum(double[] values) {
    return new BigDecimal(Arrays.stream(values).sum(), new MathContext(DIGITS));
  }

  private static int decimals(BigDecimal total) {
    int beforePoint = Math.max(0, total.precision() - total.scale());
    return Math.max(Math.max(0, DIGITS - beforePoint), total.stripTrailingZeros().scale());
  }
}
