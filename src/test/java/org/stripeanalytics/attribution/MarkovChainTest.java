package org.stripeanalytics.attribution;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.google.common.primitives.ImmutableDoubleArray;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkovChainTest {
  private static final double EXACT = 1e-12;

  /** The example at serhiipuzyrov.com. */
  @Test
  void fourOfFiveWhoSeeAdsOrMailConvert() {
    MarkovChain.Solution chain =
        solve(
            Journeys.builder()
                .add(List.of("ads"), 2, 1)
                .add(List.of("mail"), 1, 0)
                .add(List.of("ads", "mail"), 1, 0)
                .build(),
            1);

    assertThat(chain.conversionProbability(), closeTo(0.8, EXACT));
    assertArrayEquals(new double[] {0.75, 0.5}, chain.removalEffects().toArray(), EXACT);
  }

  /** The example at analyzecore.com. */
  @Test
  void whatEveryConversionPassesHasARemovalEffectOfOne() {
    MarkovChain.Solution chain =
        solve(
            Journeys.builder()
                .add(List.of("C1", "C2", "C3"), 1, 0)
                .add(List.of("C1"), 0, 1)
                .add(List.of("C2", "C3"), 0, 1)
                .build(),
            1);

    assertThat(chain.conversionProbability(), closeTo(1.0 / 3, EXACT));
    assertArrayEquals(new double[] {0.5, 1, 1}, chain.removalEffects().toArray(), EXACT);
  }

  @Test
  void whoAlwaysComesBackConvertsInTheEnd() {
    Journeys journeys =
        Journeys.builder()
            .add(List.of("ads", "ads", "ads", "ads"), 1, 0)
            .add(List.of("ads", "mail"), 0, 1)
            .build();

    // From ads: 3 of 5 steps stay, 1 converts, 1 goes on to mail and is lost.
    assertThat(solve(journeys, 1).conversionProbability(), closeTo(0.5, EXACT));
  }

  @Test
  void aChannelThatNeverConvertsHasNoEffect() {
    Journeys journeys =
        Journeys.builder().add(List.of("ads"), 3, 0).add(List.of("ads", "spam"), 0, 5).build();

    assertArrayEquals(new double[] {1, 0}, solve(journeys, 1).removalEffects().toArray());
  }

  @Test
  void withoutAConversionNoChannelHasAnEffect() {
    Journeys journeys = Journeys.builder().add(List.of("ads", "mail"), 0, 5).build();

    MarkovChain.Solution chain = solve(journeys, 1);

    assertThat(chain.conversionProbability(), is(0.0));
    assertArrayEquals(new double[] {0, 0}, chain.removalEffects().toArray());
  }

  /** Whoever came from mail converts; a chain of order 1 has forgotten that at search. */
  @ParameterizedTest
  @CsvSource({"1, 0.5, 0.5", "2, 0, 1"})
  void aChainOfOrderTwoKnowsWhereTheJourneyCameFrom(int order, double ads, double mail) {
    Journeys journeys =
        Journeys.builder()
            .add(List.of("ads", "search"), 0, 1)
            .add(List.of("mail", "search"), 1, 0)
            .build();

    assertArrayEquals(
        new double[] {ads, 1, mail}, solve(journeys, order).removalEffects().toArray(), EXACT);
  }

  @Test
  void whatBringsTheDearerConversionsHasTheGreaterEffectOnValue() {
    Journeys journeys =
        Journeys.builder()
            .add(List.of("ads"), noDays(), amount(1), amount(30), amount(1))
            .add(List.of("mail"), noDays(), amount(1), amount(10), amount(1))
            .build();

    MarkovChain.Solution chain = solve(journeys, 1);

    assertArrayEquals(new double[] {0.5, 0.5}, chain.removalEffects().toArray(), EXACT);
    assertArrayEquals(new double[] {0.75, 0.25}, chain.valueRemovalEffects().toArray(), EXACT);
  }

  /** Another formulation: the journeys walk step by step until hardly any is left. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "5, 2", "6, 3", "7, 1", "8, 2"})
  void removalEffectsAreThoseOfAWalkThroughTheChainWithoutTheChannel(long seed, int order) {
    Journeys journeys = RandomJourneys.of(seed);
    MarkovChain.Solution chain = solve(journeys, order);

    double all = walk(journeys, order, -1);

    assertThat(chain.conversionProbability(), closeTo(all, EXACT));
    double[] effects = chain.removalEffects().toArray();
    for (int channel = 0; channel < effects.length; channel++) {
      double expected = all == 0 ? 0 : 1 - walk(journeys, order, channel) / all;
      assertThat(effects[channel], closeTo(expected, EXACT));
    }
  }

  /** The share of the journeys that convert without ever touching a channel. */
  private static double walk(Journeys journeys, int order, int without) {
    Map<List<Integer>, Map<List<Integer>, Double>> steps = new HashMap<>();
    Map<List<Integer>, Double> conversions = new HashMap<>();
    Map<List<Integer>, Double> visits = new HashMap<>();
    for (Journey journey : journeys.journeys()) {
      List<Integer> touches = journey.touches().asList();
      List<Integer> at = List.of();
      visits.merge(at, journey.times(), Double::sum);
      for (int i = 1; i <= touches.size(); i++) {
        List<Integer> next = touches.subList(Math.max(0, i - order), i);
        steps.computeIfAbsent(at, s -> new HashMap<>()).merge(next, journey.times(), Double::sum);
        visits.merge(next, journey.times(), Double::sum);
        at = next;
      }
      conversions.merge(at, journey.conversions(), Double::sum);
    }
    double converted = 0;
    Map<List<Integer>, Double> walkers = new HashMap<>(Map.of(List.of(), 1.0));
    while (walkers.values().stream().mapToDouble(w -> w).sum() > 1e-15) {
      Map<List<Integer>, Double> moved = new HashMap<>();
      for (Map.Entry<List<Integer>, Double> walker : walkers.entrySet()) {
        List<Integer> at = walker.getKey();
        double each = visits.get(at) == 0 ? 0 : walker.getValue() / visits.get(at);
        converted += each * conversions.getOrDefault(at, 0.0);
        steps.getOrDefault(at, Map.of()).entrySet().stream()
            .filter(step -> step.getKey().get(step.getKey().size() - 1) != without)
            .forEach(step -> moved.merge(step.getKey(), each * step.getValue(), Double::sum));
      }
      walkers = moved;
    }
    return converted;
  }

  private static MarkovChain.Solution solve(Journeys journeys, int order) {
    return MarkovChain.of(journeys, order).solve();
  }

  private static ImmutableDoubleArray noDays() {
    return ImmutableDoubleArray.of();
  }

  private static BigDecimal amount(long amount) {
    return BigDecimal.valueOf(amount);
  }
}
