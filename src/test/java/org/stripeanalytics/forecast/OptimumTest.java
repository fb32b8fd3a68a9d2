package org.stripeanalytics.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;

import org.junit.jupiter.api.Test;
import org.stripeanalytics.pipelines.local.SynthesisedAccounts;
import org.stripeanalytics.warehouse.Warehouse;

/** Three simulated accounts of 2,000 signups each, whose true hazards are known. */
class OptimumTest {
  private static final OptimumComparison COMPARISON =
      OptimumComparison.of(
          SynthesisedAccounts.SEEDS.stream()
              .map(SynthesisedAccounts::ofSeed)
              .toArray(Warehouse[]::new));

  @Test
  void theTrueHazardsAreRightAboutWhoLeaves() {
    assertThat(COMPARISON.optimum().calibration().slope(), closeTo(1, 0.25));
    assertThat(COMPARISON.optimum().expectedCalibrationError(), lessThan(0.01));
  }

  @Test
  void noPredictionIsBetterThanTheTrueHazards() {
    assertThat(COMPARISON.shareOfTheWay(), lessThan(1.0));
  }

  @Test
  void publishedPredictionsComeMostOfTheWayFromGuessingToTheTrueHazards() {
    // So few customers leave that noise costs more than in accounts of 10,000 signups, which come
    // to
    // 0.93 and more.
    assertThat(COMPARISON.shareOfTheWay(), greaterThan(0.8));
  }

  @Test
  void theyAreNoSharperThanTheTrueHazards() {
    assertThat(COMPARISON.published().brier(), greaterThan(COMPARISON.optimum().brier()));
  }
}
