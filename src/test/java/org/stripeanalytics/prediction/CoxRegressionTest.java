package org.stripeanalytics.prediction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.stripeanalytics.prediction.CoxRegression.Coefficient;
import org.stripeanalytics.prediction.CoxRegression.Finding;

class CoxRegressionTest {
  /** Published, and coxph of R's package survival 3.5-3. */
  @ParameterizedTest
  @CsvSource({
    "EFRON,   1.572125, 0.412397, -93.184270, -85.008425, 16.351691, 14.532617, 17.246537",
    "BRESLOW, 1.509191, 0.409564, -93.985050, -86.379622, 15.210857, 13.578264, 15.930540",
  })
  void placeboAgainstMercaptopurine(
      TieMethod ties,
      double value,
      double error,
      double logLikelihoodAtZero,
      double logLikelihood,
      double likelihoodRatio,
      double wald,
      double score) {
    CoxRegression fit = compare(ties, Durations.MERCAPTOPURINE, Durations.PLACEBO);

    assertThat(fit.coefficients().get(0).value(), closeTo(value, 1e-6));
    assertThat(fit.coefficients().get(0).standardError(), closeTo(error, 1e-6));
    assertThat(fit.logLikelihoodAtZero(), closeTo(logLikelihoodAtZero, 1e-6));
    assertThat(fit.logLikelihood(), closeTo(logLikelihood, 1e-6));
    assertThat(fit.likelihoodRatio().statistic(), closeTo(likelihoodRatio, 1e-6));
    assertThat(fit.wald().statistic(), closeTo(wald, 1e-6));
    assertThat(fit.score().statistic(), closeTo(score, 1e-6));
  }

  /** Ovarian cancer (Edmonson and others, 1979), as in the manual of R's package survival. */
  @Test
  void severalCovariatesAreFittedTogether() {
    List<Observation> days =
        Durations.of(
            "59 115 156 421+ 431 448+ 464 475 477+ 563 638 744+ 769+ 770+ 803+ 855+ 1040+ 1106+"
                + " 1129+ 1206+ 1227+ 268 329 353 365 377+");
    List<double[]> ageAndTreatment =
        rows(
            "72.3315 1, 74.4932 1, 66.4658 1, 53.3644 2, 50.3397 1, 56.4301 1, 56.9370 2,"
                + " 59.8548 2, 64.1753 1, 55.1781 2, 56.7562 1, 50.1096 2, 59.6301 2, 57.0521 2,"
                + " 39.2712 1, 43.1233 1, 38.8932 1, 44.6000 1, 53.9068 2, 44.2055 2, 59.5890 2,"
                + " 74.5041 1, 43.1370 1, 63.2192 2, 64.4247 2, 58.3096 2");

    CoxRegression fit = fit(days, ageAndTreatment, TieMethod.EFRON);

    Coefficient age = fit.coefficients().get(0);
    assertThat(age.value(), closeTo(0.14732660, 1e-8));
    assertThat(age.standardError(), closeTo(0.04614705, 1e-8));
    assertThat(age.hazardRatio(), closeTo(1.15873234, 1e-8));
    assertThat(age.hazardRatioBound(-1), closeTo(1.0585288, 1e-7));
    assertThat(age.hazardRatioBound(1), closeTo(1.268421, 1e-6));
    assertThat(age.z(), closeTo(3.19255, 1e-5));
    assertThat(age.p(), closeTo(0.0014102, 1e-7));
    assertThat(fit.coefficients().get(1).value(), closeTo(-0.80397301, 1e-8));
    assertThat(fit.coefficients().get(1).p(), closeTo(0.2033696, 1e-7));
    assertThat(fit.logLikelihood(), closeTo(-27.041899, 1e-6));
    assertThat(fit.likelihoodRatio().degreesOfFreedom(), is(2));
    assertThat(fit.likelihoodRatio().p(), closeTo(0.000355, 5e-7));
  }

  @ParameterizedTest
  @EnumSource
  void unitsChangeTheCoefficientAndNothingElse(TieMethod ties) {
    List<Observation> weeks = Durations.of("1 2 3+ 4 5 6+ 7 8");

    CoxRegression years = fit(weeks, rows("30, 25, 60, 22, 41, 39, 28, 55"), ties);
    CoxRegression seconds =
        fit(weeks, rows("30e7, 25e7, 60e7, 22e7, 41e7, 39e7, 28e7, 55e7"), ties);

    assertThat(
        seconds.coefficients().get(0).value() * 1e7,
        closeTo(years.coefficients().get(0).value(), 1e-12));
    assertThat(seconds.logLikelihood(), closeTo(years.logLikelihood(), 1e-12));
  }

  @Test
  void whereOneGroupHasNoEventTheCoefficientIsInfiniteAndTheOthersAreNot() {
    List<Observation> observations = Durations.of("1 2 3 7+ 4+ 5+ 6+");

    CoxRegression fit =
        fit(observations, rows("0 1, 0 2, 0 2.5, 0 1, 1 1.5, 1 3, 1 1"), TieMethod.EFRON);

    assertThat(fit.coefficients().get(0).finding(), is(Finding.MINUS_INFINITE));
    assertThat(fit.isFinite(), is(false));
    // As coxph of R, which gives the first one as -21.3 with an error of 23,330.
    assertThat(fit.coefficients().get(1).value(), closeTo(0.2143, 5e-5));
    assertThat(fit.coefficients().get(1).standardError(), closeTo(0.8640, 5e-5));
    assertThat(fit.likelihoodRatio().statistic(), closeTo(4.400364, 1e-6));
  }

  @Test
  void whereTheGreaterAlwaysGoesFirstTheCoefficientIsInfinite() {
    CoxRegression fit = fit(Durations.of("1 2 3 4"), rows("9, 7, 4, 1"), TieMethod.EFRON);

    assertThat(fit.coefficients().get(0).finding(), is(Finding.INFINITE));
    assertThat(fit.logLikelihood(), closeTo(0, 1e-6));
  }

  @Test
  void whatFollowsFromTheTermsBeforeItHasNoCoefficient() {
    CoxRegression fit =
        fit(
            Durations.of("1 2 3+ 4 5"),
            rows("3 6 1, 1 2 1, 4 8 1, 2 4 1, 7 14 1"),
            TieMethod.BRESLOW);

    assertThat(
        fit.coefficients().stream().map(Coefficient::finding).toList(),
        is(List.of(Finding.ESTIMATED, Finding.NOT_ESTIMABLE, Finding.NOT_ESTIMABLE)));
    assertThat(fit.wald().degreesOfFreedom(), is(1));
  }

  @Test
  void withoutAnEventWhileThoseAtRiskDifferNothingIsEstimated() {
    assertThat(
        CoxRegression.fit(Durations.of("1 2"), rows("5, 5"), TieMethod.EFRON),
        is(Optional.empty()));
    assertThat(
        CoxRegression.fit(Durations.of("1+ 2+"), rows("5, 6"), TieMethod.EFRON),
        is(Optional.empty()));
    assertThat(
        CoxRegression.fit(Durations.of("1+ 2"), rows("5, 6"), TieMethod.EFRON),
        is(Optional.empty()));
  }

  private static CoxRegression fit(
      List<Observation> observations, List<double[]> covariates, TieMethod ties) {
    return CoxRegression.fit(observations, covariates, ties).orElseThrow();
  }

  /** Of two groups, the first of which the second is compared with. */
  private static CoxRegression compare(
      TieMethod ties, List<Observation> first, List<Observation> second) {
    List<Observation> all = new ArrayList<>(first);
    all.addAll(second);
    List<double[]> isSecond = new ArrayList<>();
    first.forEach(observation -> isSecond.add(new double[] {0}));
    second.forEach(observation -> isSecond.add(new double[] {1}));
    return fit(all, isSecond, ties);
  }

  /** Covariates, separated by spaces, of one row after the other, separated by commas. */
  private static List<double[]> rows(String text) {
    return Splitter.on(',')
        .trimResults()
        .splitToStream(text)
        .map(row -> Splitter.on(' ').splitToStream(row).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }
}
