package org.stripeanalytics.attribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.google.common.primitives.ImmutableDoubleArray;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TouchRuleTest {
  private static final double EXACT = 1e-15;

  @Test
  void theFirstOrTheLastTouchTakesAll() {
    assertArrayEquals(new double[] {1, 0, 0}, shares(TouchRule.first(), 3));
    assertArrayEquals(new double[] {0, 0, 1}, shares(TouchRule.last(), 3));
  }

  @Test
  void linearDividesEqually() {
    assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.25}, shares(TouchRule.linear(), 4), EXACT);
  }

  @Test
  void positionGivesTwoFifthsToTheEndsAndAFifthToThoseBetween() {
    assertArrayEquals(new double[] {1}, shares(TouchRule.position(), 1), EXACT);
    assertArrayEquals(new double[] {0.5, 0.5}, shares(TouchRule.position(), 2), EXACT);
    assertArrayEquals(new double[] {0.4, 0.2, 0.4}, shares(TouchRule.position(), 3), EXACT);
    assertArrayEquals(
        new double[] {0.4, 0.2 / 3, 0.2 / 3, 0.2 / 3, 0.4}, shares(TouchRule.position(), 5), EXACT);
  }

  @Test
  void aTouchOfAHalfLifeBeforeTakesHalfAsMuch() {
    double[] expected = {1 / 7.0, 2 / 7.0, 4 / 7.0};
    TouchRule rule = TouchRule.timeDecay(7, 1);

    assertArrayEquals(expected, shares(rule, ImmutableDoubleArray.of(14, 7, 0)), EXACT);
    assertArrayEquals(expected, shares(TouchRule.timeDecay(7, 7), 3), EXACT);
  }

  @Test
  void whatLiesFarBackIsStillDivided() {
    double[] shares = shares(TouchRule.timeDecay(7, 7), ImmutableDoubleArray.of(100_007, 100_000));

    assertArrayEquals(new double[] {1 / 3.0, 2 / 3.0}, shares, EXACT);
  }

  @Test
  void aChannelThatIsTouchedTwiceTakesBothShares() {
    Journeys journeys = Journeys.builder().add(List.of("ads", "mail", "ads"), 3, 9).build();

    assertArrayEquals(
        new double[] {2, 1}, TouchRule.linear().credits(journeys, Journey::conversions), EXACT);
  }

  /** One conversion after touches of as many different channels, at equal distances. */
  private static double[] shares(TouchRule rule, int touches) {
    return shares(rule, touches, ImmutableDoubleArray.of());
  }

  private static double[] shares(TouchRule rule, ImmutableDoubleArray daysBefore) {
    return shares(rule, daysBefore.length(), daysBefore);
  }

  private static double[] shares(TouchRule rule, int touches, ImmutableDoubleArray daysBefore) {
    Journeys journeys =
        Journeys.builder()
            .add(
                IntStream.range(0, touches).mapToObj(i -> "channel " + i).toList(),
                daysBefore,
                BigDecimal.ONE,
                BigDecimal.ZERO,
                BigDecimal.ZERO)
            .build();
    return rule.credits(journeys, Journey::conversions);
  }
}
