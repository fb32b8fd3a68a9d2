package org.stripeanalytics.prediction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.stripeanalytics.prediction.RetentionCurve.BetaDiscreteWeibull;
import org.stripeanalytics.prediction.RetentionCurve.ShiftedBetaGeometric;
import org.stripeanalytics.prediction.RetentionFit.Outcome;

/**
 * On the two data sets of Fader and Hardie, How to Project Customer Retention (2007): of 1,000
 * customers each, how many are left after 0 to 12 years.
 */
class RetentionModelTest {
  private static final Cohort REGULAR =
      cohort(1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173);
  private static final Cohort HIGH_END =
      cohort(1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394);

  /** The paper gives 0.704, 1.182, −1680.3 and 0.668, 3.806, −1611.2 for seven years. */
  @ParameterizedTest
  @CsvSource({
    "REGULAR,  7, 0.704077, 1.182043, -1680.2652",
    "HIGH_END, 7, 0.668088, 3.806095, -1611.1581",
    "REGULAR,  5, 0.737007, 1.245343, -1517.0730",
    "HIGH_END, 5, 0.875382, 5.161670, -1378.4832",
    "REGULAR,  4, 0.763665, 1.295830, -1401.5594",
    "HIGH_END, 4, 1.280976, 7.790384, -1225.1349",
  })
  void shiftedBetaGeometric(
      String cohort, int years, double alpha, double beta, double logLikelihood) {
    RetentionFit fit = RetentionModel.SBG.fit(named(cohort).until(years));

    ShiftedBetaGeometric curve = (ShiftedBetaGeometric) fit.curve();
    assertThat(curve.alpha(), closeTo(alpha, 1e-6));
    assertThat(curve.beta(), closeTo(beta, 1e-6));
    assertThat(fit.logLikelihood(), closeTo(logLikelihood, 1e-4));
    assertThat(fit.outcome(), is(Outcome.FOUND));
  }

  /** The revision of 2018 fits four years: High End at 0.259, 1.722 and 1.584. */
  @ParameterizedTest
  @CsvSource({
    "REGULAR,  4, 0.523029, 0.894283, 1.196399, -1401.3831",
    "HIGH_END, 4, 0.259336, 1.722551, 1.584362, -1222.7493",
    "REGULAR,  7, 0.455614, 0.779326, 1.283451, -1679.6028",
    "HIGH_END, 7, 0.214253, 1.426575, 1.723565, -1605.3142",
    "REGULAR, 12, 0.508309, 0.868846, 1.209378, -1930.9297",
  })
  void betaDiscreteWeibull(
      String cohort, int years, double alpha, double beta, double c, double logLikelihood) {
    RetentionFit fit = RetentionModel.BDW.fit(named(cohort).until(years));

    BetaDiscreteWeibull curve = (BetaDiscreteWeibull) fit.curve();
    assertThat(curve.alpha(), closeTo(alpha, 1e-6));
    assertThat(curve.beta(), closeTo(beta, 1e-6));
    assertThat(curve.c(), closeTo(c, 1e-6));
    assertThat(fit.logLikelihood(), closeTo(logLikelihood, 1e-4));
    assertThat(fit.outcome(), is(Outcome.FOUND));
  }

  @Test
  void sevenYearsForecastTheNextFiveAsPublished() {
    RetentionCurve curve = RetentionModel.SBG.fit(REGULAR.until(7)).curve();

    assertThat(
        percents(curve, 12),
        is(
            List.of(
                "62.67", "47.38", "38.80", "33.21", "29.23", "26.25", "23.90", "22.01", "20.44",
                "19.12", "17.99", "17.00")));
    assertThat(curve.retention(1), closeTo(1.182043 / 1.886120, 1e-6));
  }

  @Test
  void sharesHaveTheParametersOfCounts() {
    Cohort percent = cohort(100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1);

    RetentionFit fit = RetentionModel.SBG.fit(percent);

    assertThat(fit.curve().parameters().get("alpha"), closeTo(0.704077, 1e-6));
    assertThat(fit.logLikelihood(), closeTo(-168.02652, 1e-5));
  }

  @ParameterizedTest
  @EnumSource
  void whereTheSameShareLeavesEveryTimeCustomersAreAllAlike(RetentionModel model) {
    RetentionFit fit = model.fit(cohort(1000, 900, 810, 729, 656.1));

    assertThat(fit.outcome(), is(Outcome.ALL_ALIKE));
    assertThat(fit.curve().parameters().get("theta"), closeTo(0.1, 1e-9));
    assertThat(fit.curve().survival(10), closeTo(Math.pow(0.9, 10), 1e-9));
  }

  @Test
  void whereMoreAndMoreLeaveOnlyTheWeibullFollows() {
    Cohort cohort = cohort(1000, 950, 850, 700, 500);

    RetentionFit geometric = RetentionModel.SBG.fit(cohort);
    RetentionFit weibull = RetentionModel.BDW.fit(cohort);

    assertThat(geometric.outcome(), is(Outcome.ALL_ALIKE));
    assertThat(geometric.curve().parameters(), is(ImmutableMap.of("theta", 500 / 3500.0)));
    assertThat(weibull.outcome(), is(Outcome.ALL_ALIKE));
    assertThat(weibull.curve().parameters().get("c"), greaterThan(1.5));
  }

  @ParameterizedTest
  @EnumSource
  void whereNobodyLeavesAfterTheFirstTimeAlphaAndBetaGoToZero(RetentionModel model) {
    RetentionFit fit = model.fit(cohort(1000, 600, 600, 600));

    assertThat(fit.outcome(), is(Outcome.ONCE_OR_FOREVER));
    assertThat(fit.curve().parameters(), is(ImmutableMap.of("theta", 0.4)));
    assertThat(fit.curve().survival(50), closeTo(0.6, 1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "1000 10 9 8 8,                  0.127881, 0.001292",
    "1000 500 490 489 489 489,       0.010804, 0.010802",
    "1000 900 820 755 700 650,       0.896547, 8.157934",
    "100000 99000 98200 97500 96800, 0.066443, 6.790758",
  })
  void extremesOfHeterogeneityAreFound(String customers, double alpha, double beta) {
    RetentionFit fit = RetentionModel.SBG.fit(cohort(customers));

    assertThat(fit.outcome(), is(Outcome.FOUND));
    assertThat(fit.curve().parameters().get("alpha"), closeTo(alpha, 1e-5));
    assertThat(fit.curve().parameters().get("beta"), closeTo(beta, 1e-4));
  }

  /** A cohort of exactly what a curve expects has its greatest likelihood at that curve. */
  @ParameterizedTest
  @CsvSource({
    "0.1,  0.5,   4",
    "0.02, 0.9,  15",
    "3.0, 40.0,   0.6",
    "90, 2000,    1.2",
  })
  void aCurveIsFoundAgainWhereverItsParametersAre(double alpha, double beta, double c) {
    BetaDiscreteWeibull curve = new BetaDiscreteWeibull(alpha, beta, c);
    double[] expected = new double[37];
    for (int t = 0; t < expected.length; t++) {
      expected[t] = 1e6 * curve.survival(t);
    }

    ImmutableMap<String, Double> found =
        RetentionModel.BDW.fit(cohort(expected)).curve().parameters();

    assertThat(found.get("alpha") / alpha, closeTo(1, 1e-5));
    assertThat(found.get("beta") / beta, closeTo(1, 1e-5));
    assertThat(found.get("c") / c, closeTo(1, 1e-5));
  }

  @Test
  void aLikelihoodThatGrowsForEverIsReported() {
    assertThat(RetentionModel.BDW.fit(cohort(1000, 900, 0, 0)).outcome(), is(Outcome.UNBOUNDED));
  }

  @Test
  void whatIsNotDeterminedIsRefused() {
    assertRefused(RetentionModel.BDW, cohort(1000, 900, 850));
    assertRefused(RetentionModel.SBG, cohort(1000, 1000, 1000));
    assertRefused(RetentionModel.SBG, cohort(1000, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> cohort(1000, 900, 901));
  }

  /** Fader and Hardie (2010), equation 6, for n = 1 to 5 and a discount of 10 %. */
  @Test
  void remainingLifetimesAreThoseOfTheHypergeometricFunction() {
    RetentionCurve curve = RetentionModel.SBG.fit(REGULAR.until(7)).curve();

    assertThat(
        decimals(RemainingLifetime.of(curve, 0.1, 5)),
        is(List.of("2.9644", "4.1031", "4.8698", "5.4421", "5.8941")));
  }

  @Test
  void whoIsLikeAllOthersHasTheSameLifetimeLeftWheneverTheyAreAsked() {
    RetentionCurve geometric = new RetentionCurve.DiscreteWeibull(0.2, 1);

    // 0.8 / (1 − 0.8 / 1.05)
    assertThat(
        decimals(RemainingLifetime.of(geometric, 0.05, 3)),
        is(List.of("3.3600", "3.3600", "3.3600")));
  }

  @Test
  void withAnExponentOfOneTheWeibullIsTheShiftedBetaGeometric() {
    RetentionCurve weibull = new BetaDiscreteWeibull(0.7, 1.2, 1);
    RetentionCurve geometric = new ShiftedBetaGeometric(0.7, 1.2);

    assertThat(weibull.survival(9), closeTo(geometric.survival(9), 1e-14));
    assertThat(weibull.retention(9), closeTo(geometric.retention(9), 1e-14));
  }

  private static void assertRefused(RetentionModel model, Cohort cohort) {
    assertThrows(IllegalArgumentException.class, () -> model.fit(cohort));
  }

  private static Cohort named(String name) {
    return name.equals("REGULAR") ? REGULAR : HIGH_END;
  }

  private static Cohort cohort(String customers) {
    return cohort(Arrays.stream(customers.split(" ")).mapToDouble(Double::parseDouble).toArray());
  }

  private static Cohort cohort(double... customers) {
    return new Cohort(ImmutableDoubleArray.copyOf(customers));
  }

  private static List<String> percents(RetentionCurve curve, int years) {
    double[] shares = new double[years];
    for (int t = 1; t <= years; t++) {
      shares[t - 1] = curve.survival(t);
    }
    return DoubleStream.of(shares).mapToObj(share -> "%.2f".formatted(share * 100)).toList();
  }

  private static List<String> decimals(ImmutableDoubleArray values) {
    return values.asList().stream().map("%.4f"::formatted).toList();
  }
}
