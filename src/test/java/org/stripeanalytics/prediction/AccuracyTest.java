package org.stripeanalytics.prediction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notANumber;

import com.google.common.base.Splitter;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.prediction.Accuracy.Scored;
import org.stripeanalytics.prediction.Accuracy.Tenth;

class AccuracyTest {
  /** Fawcett (2006), table 1: twenty cases from the highest score to the lowest. */
  private static final List<Scored> FAWCETT = new ArrayList<>();

  static {
    double score = 0.9;
    for (String outcome : Splitter.on(' ').split("p p n p p p n n p n p n p n n n p n p n")) {
      FAWCETT.add(new Scored(score, 1, outcome.equals("p") ? 1 : 0));
      score -= 0.04;
    }
  }

  @Test
  void fawcettsCasesHaveTheAucThatHePublished() {
    assertThat(Accuracy.of(FAWCETT).auc(), closeTo(0.68, 1e-12));
    assertThat(Accuracy.of(Lists.reverse(FAWCETT)), is(Accuracy.of(FAWCETT)));
  }

  @Test
  void equalPredictionsTellNothing() {
    assertThat(Accuracy.of(List.of(new Scored(0.1, 90, 9), new Scored(0.1, 10, 1))).auc(), is(0.5));
  }

  @Test
  void shuffledOutcomesHaveAnAucOfAHalf() {
    Random random = new Random(7);
    List<Scored> shuffled = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      shuffled.add(new Scored(random.nextDouble(), 1, random.nextDouble() < 0.04 ? 1 : 0));
    }

    assertThat(Accuracy.of(shuffled).auc(), closeTo(0.5, 0.03));
  }

  @Test
  void twoGroupsThatArePredictedRight() {
    Accuracy accuracy = Accuracy.of(List.of(new Scored(0.2, 100, 20), new Scored(0.05, 900, 45)));

    assertThat(accuracy.prevalence(), closeTo(0.065, 1e-12));
    assertThat(accuracy.brier(), closeTo(0.1 * 0.2 * 0.8 + 0.9 * 0.05 * 0.95, 1e-12));
    assertThat(accuracy.calibration().slope(), closeTo(1, 1e-9));
    assertThat(accuracy.calibration().intercept(), closeTo(0, 1e-9));
    assertThat(accuracy.expectedCalibrationError(), closeTo(0, 1e-12));
    assertThat(accuracy.liftOfTopTenth(), closeTo(0.2 / 0.065, 1e-12));
  }

  @Test
  void predictionsThatAreTooExtremeHaveASlopeBelowOne() {
    Accuracy accuracy = Accuracy.of(List.of(new Scored(0.5, 500, 150), new Scored(0.01, 500, 50)));

    assertThat(accuracy.calibration().slope() < 0.5, is(true));
    assertThat(accuracy.expectedCalibrationError(), closeTo((0.2 + 0.09) / 2, 1e-12));
  }

  @Test
  void equalPredictionsAreDividedOverTheTenthsInProportion() {
    Accuracy accuracy = Accuracy.of(List.of(new Scored(0.1, 15, 3), new Scored(0.4, 5, 5)));

    assertThat(accuracy.tenths().get(7), is(new Tenth(0.25, 0.6)));
    assertThat(accuracy.tenths().get(9), is(new Tenth(0.4, 1)));
  }

  @Test
  void withoutEventsThereIsNoAuc() {
    Accuracy accuracy = Accuracy.of(List.of(new Scored(0.1, 10, 0)));

    assertThat(accuracy.auc(), is(notANumber()));
    assertThat(accuracy.calibration().slope(), is(notANumber()));
    assertThat(accuracy.brier(), closeTo(0.01, 1e-12));
  }
}
