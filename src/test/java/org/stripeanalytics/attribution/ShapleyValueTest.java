package org.stripeanalytics.attribution;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.google.common.primitives.ImmutableDoubleArray;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapleyValueTest {
  private static final double EXACT = 1e-12;
  private static final ToDoubleFunction<Journey> CONVERSIONS = Journey::conversions;

  /** Littlechild and Owen's airport: runways of 8, 11, 13 and 18, and a long one serves all. */
  @Test
  void theAirportGame() {
    double[] runways = {8, 11, 13, 18};
    double[] worth =
        IntStream.range(0, 16)
            .mapToDouble(
                coalition ->
                    IntStream.range(0, 4)
                        .filter(plane -> (coalition & 1 << plane) != 0)
                        .mapToDouble(plane -> runways[plane])
                        .max()
                        .orElse(0))
            .toArray();

    assertArrayEquals(new double[] {2, 3, 4, 9}, ShapleyValue.of(worth), EXACT);
  }

  /** The same costs by who shares each piece of the runway. */
  @Test
  void aPathIsDividedAmongItsDistinctChannels() {
    Journeys journeys =
        Journeys.builder()
            .add(List.of("A", "B", "C", "D"), 8, 0)
            .add(List.of("B", "C", "B", "D"), 3, 0)
            .add(List.of("D", "C"), 2, 1)
            .add(List.of("D"), 5, 9)
            .build();

    assertArrayEquals(
        new double[] {2, 3, 4, 9}, ShapleyValue.ofSubsets(journeys, CONVERSIONS), EXACT);
  }

  /** DP6's example of coalitions in the README of its library. */
  @Test
  void aGameSaysOfEachCoalitionWhatItIsWorth() {
    Journeys journeys =
        Journeys.builder()
            .add(List.of("organic"), 7, 0)
            .add(List.of("facebook"), 6, 0)
            .add(List.of("direct"), 4, 0)
            .add(List.of("organic", "facebook"), 15, 0)
            .add(List.of("organic", "direct"), 7, 0)
            .add(List.of("facebook", "direct"), 9, 0)
            .add(List.of("organic", "facebook", "direct"), 19, 0)
            .build();

    // organic: 7/3 alone, (15 - 6)/6 and (7 - 4)/6 as the second, (19 - 9)/3 as the third.
    assertArrayEquals(
        new double[] {46 / 6.0, 49 / 6.0, 19 / 6.0},
        ShapleyValue.ofGame(journeys, CONVERSIONS),
        EXACT);
  }

  @Test
  void aChannelThatLowersTheRateHasANegativeValue() {
    Journeys journeys =
        Journeys.builder().add(List.of("ads"), 1, 1).add(List.of("ads", "spam"), 0, 2).build();

    // Alone ads converts every second time, with spam every fourth.
    assertArrayEquals(
        new double[] {0.375, -0.125}, ShapleyValue.ofRates(journeys, CONVERSIONS), EXACT);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void sharesOfPathsAreTheShapleyValuesOfTheirGame(long seed) {
    Journeys journeys = RandomJourneys.of(seed);
    double[] worth = new double[1 << journeys.channels().size()];
    for (int coalition = 0; coalition < worth.length; coalition++) {
      int members = coalition;
      worth[coalition] =
          journeys.journeys().stream()
              .filter(j -> j.touches().stream().allMatch(c -> (members & 1 << c) != 0))
              .mapToDouble(CONVERSIONS)
              .sum();
    }

    assertArrayEquals(
        averageOverAllOrders(worth), ShapleyValue.ofSubsets(journeys, CONVERSIONS), EXACT);
    assertArrayEquals(averageOverAllOrders(worth), ShapleyValue.of(worth), EXACT);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void theAxiomsHoldForTheGameOfRates(long seed) {
    Journeys journeys = RandomJourneys.of(seed);
    double[] rates = ShapleyValue.ofRates(journeys, CONVERSIONS);
    double[] values = ShapleyValue.ofRates(journeys, Journey::value);
    double[] both = ShapleyValue.ofRates(journeys, j -> j.conversions() + j.value());

    // Efficiency: together they have the rate of all. Additivity: two games are one of their sums.
    double times = journeys.journeys().stream().mapToDouble(Journey::times).sum();
    double rate = journeys.conversions().doubleValue() / times;
    assertThat(Arrays.stream(rates).sum(), closeTo(rate, EXACT));
    for (int channel = 0; channel < rates.length; channel++) {
      assertThat(both[channel], closeTo(rates[channel] + values[channel], EXACT * 100));
    }
  }

  @Test
  void twinsGetTheSameAndWhoeverAddsNothingGetsNothing() {
    Journeys journeys =
        Journeys.builder()
            .add(List.of("ads", "mail"), 7, 1)
            .add(List.of("ads"), 2, 3)
            .add(List.of("mail"), 2, 3)
            .add(List.of("spam"), 0, 5)
            .add(List.of("spam", "mail"), 0, 1)
            .build();

    assertArrayEquals(
        new double[] {5.5, 5.5, 0}, ShapleyValue.ofSubsets(journeys, CONVERSIONS), EXACT);
  }

  @Test
  void thirtyChannelsInOnePathAreNoTrouble() {
    List<String> channels = IntStream.range(0, 30).mapToObj(i -> "channel " + i).toList();
    Journeys journeys =
        Journeys.builder()
            .add(channels, ImmutableDoubleArray.of(), big(3), BigDecimal.ZERO, BigDecimal.ZERO)
            .build();

    double[] expected = new double[30];
    Arrays.fill(expected, 0.1);
    assertArrayEquals(expected, ShapleyValue.ofSubsets(journeys, CONVERSIONS), EXACT);
  }

  /** By the definition: what each player adds when they come in every possible order. */
  private static double[] averageOverAllOrders(double[] worth) {
    double[] sums = new double[Integer.numberOfTrailingZeros(worth.length)];
    int orders = come(worth, 0, new double[sums.length], sums);
    return Arrays.stream(sums).map(sum -> sum / orders).toArray();
  }

  private static int come(double[] worth, int there, double[] added, double[] sums) {
    if (there == worth.length - 1) {
      Arrays.setAll(sums, i -> sums[i] + added[i]);
      return 1;
    }
    int orders = 0;
    for (int i = 0; i < added.length; i++) {
      if ((there & 1 << i) == 0) {
        added[i] = worth[there | 1 << i] - worth[there];
        orders += come(worth, there | 1 << i, added, sums);
      }
    }
    return orders;
  }

  private static BigDecimal big(long number) {
    return BigDecimal.valueOf(number);
  }
}
