package org.stripeanalytics.prediction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.prediction.LogisticRegression.Trials;

class LogisticRegressionTest {
  private static final ImmutableIntArray EXPOSED = ImmutableIntArray.of(0);
  private static final ImmutableIntArray NOT = ImmutableIntArray.of();

  /** Share of the regular customers of Fader and Hardie (2007) who leave at each renewal. */
  private static final double[] HAZARDS = {.36900, .25832, .18376, .14660, .11350, .09343, .08015};

  private static final long[] LEFT = {1000, 631, 468, 382, 326, 289, 262, 241};

  @Test
  void oneColumnHasTheLogitsOfItsTwoGroups() {
    LogisticRegression fit =
        LogisticRegression.fit(
            List.of(new Trials(EXPOSED, 100, 20), new Trials(NOT, 100, 5)), 1, 0);

    assertThat(fit.converged(), is(true));
    assertThat(fit.coefficients().get(0), closeTo(-2.944439, 1e-6));
    assertThat(fit.coefficients().get(1), closeTo(1.558145, 1e-6));
    assertThat(
        fit.logLikelihood(),
        closeTo(
            20 * Math.log(.2) + 80 * Math.log(.8) + 5 * Math.log(.05) + 95 * Math.log(.95), 1e-9));
  }

  @Test
  void aColumnForEachRenewalHasItsHazard() {
    List<Trials> cells = new ArrayList<>();
    for (int t = 1; t < LEFT.length; t++) {
      ImmutableIntArray column = t == 1 ? NOT : ImmutableIntArray.of(t - 2);
      cells.add(new Trials(column, LEFT[t - 1], LEFT[t - 1] - LEFT[t]));
    }

    LogisticRegression fit = LogisticRegression.fit(cells, LEFT.length - 2, 0);

    double intercept = fit.coefficients().get(0);
    for (int t = 1; t < LEFT.length; t++) {
      double logit = t == 1 ? intercept : intercept + fit.coefficients().get(t - 1);
      assertThat(LogisticRegression.logistic(logit), closeTo(HAZARDS[t - 1], 5e-6));
    }
  }

  @Test
  void thePenaltyKeepsAColumnFiniteThatSeparates() {
    List<Trials> cells = List.of(new Trials(EXPOSED, 10, 10), new Trials(NOT, 10, 1));

    LogisticRegression fit = LogisticRegression.fit(cells, 1, 1);

    assertThat(fit.converged(), is(true));
    assertThat(fit.coefficients().get(1), lessThan(4.0));
    assertThat(LogisticRegression.fit(cells, 1, 0).converged(), is(false));
  }

  /** Two features, of two and of three values, of which every cell has one each. */
  @Test
  void leavingOutWhatIsUsualChangesNoFit() {
    List<Trials> cells = new ArrayList<>();
    for (int a = 0; a < 2; a++) {
      for (int b = 2; b < 5; b++) {
        cells.add(new Trials(ImmutableIntArray.of(a, b), 40 + 7 * a, 5 + a * b));
      }
    }

    LogisticRegression whole = fit(cells, List.of());
    LogisticRegression usualLeftOut =
        fit(cells, List.of(new Cells.Exclusive(1, 2), new Cells.Exclusive(3, 3)));

    for (int j = 0; j < 6; j++) {
      assertThat(usualLeftOut.coefficients().get(j), closeTo(whole.coefficients().get(j), 1e-12));
      assertThat(usualLeftOut.variances().get(j), closeTo(whole.variances().get(j), 1e-12));
    }
    assertThat(usualLeftOut.logLikelihood(), closeTo(whole.logLikelihood(), 1e-9));
  }

  private static LogisticRegression fit(List<Trials> cells, List<Cells.Exclusive> features) {
    return LogisticRegression.fit(
        Cells.of(cells, features), Prior.ridge(5, 1), 1, null, LogisticRegression.MOST_STEPS);
  }

  @Test
  void nothingCanBeFittedWithoutEvents() {
    assertThrows(
        IllegalArgumentException.class,
        () -> LogisticRegression.fit(List.of(new Trials(EXPOSED, 10, 0)), 1, 1));
  }
}
