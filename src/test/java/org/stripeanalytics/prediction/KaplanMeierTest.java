package org.stripeanalytics.prediction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.prediction.KaplanMeier.Interval;
import org.stripeanalytics.prediction.KaplanMeier.Step;

class KaplanMeierTest {
  @Test
  void freireichsRemissionsHaveTheirPublishedSurvivalAndErrors() {
    assertThat(
        lines(
            KaplanMeier.of(Durations.MERCAPTOPURINE, Interval.LOG),
            step ->
                "%.0f: %.4f %.4f".formatted(step.time(), step.survival(), step.standardError())),
        is(
            List.of(
                "6: 0.8571 0.0764",
                "7: 0.8067 0.0869",
                "10: 0.7529 0.0963",
                "13: 0.6902 0.1068",
                "16: 0.6275 0.1141",
                "22: 0.5378 0.1282",
                "23: 0.4482 0.1346")));
  }

  @Test
  void theMedianIsTheFirstTimeAtWhichAtMostHalfAreLeft() {
    assertThat(medianOf("1 2 3 4"), is(OptionalDouble.of(2)));
    assertThat(medianOf("1 2 3"), is(OptionalDouble.of(2)));
    assertThat(medianOf("1 2+ 3+"), is(OptionalDouble.empty()));
    assertThat(medianOf("0.5 0.5 7+"), is(OptionalDouble.of(0.5)));
  }

  @Test
  void tenTenthsOfRoundingDoNotMoveTheMedian() {
    assertThat(medianOf("1 2 3 4 5 6 7 8 9 10"), is(OptionalDouble.of(5)));
    assertThat(medianOf("1 2 3 4 5 6 7 8 9 10 11 12 13 14"), is(OptionalDouble.of(7)));
  }

  @Test
  void whatOthersReportForAnExactHalfIsTheMiddleToTheNextEvent() {
    assertThat(middleOf("1 2 3 3+ 5"), is(OptionalDouble.empty()));
    assertThat(middleOf("1 2 3+ 5"), is(OptionalDouble.of(3.5)));
    assertThat(middleOf("1 2 3+ 5+"), is(OptionalDouble.empty()));
  }

  @Test
  void theIntervalsOfTheMedianAreThoseOfR() {
    assertThat(median(Durations.MERCAPTOPURINE, Interval.LOG), is("16 23 -"));
    assertThat(median(Durations.PLACEBO, Interval.LOG), is("4 8 12"));
    assertThat(median(Durations.MERCAPTOPURINE, Interval.LOG_LOG), is("13 23 -"));
    assertThat(median(Durations.PLACEBO, Interval.LOG_LOG), is("4 8 11"));
    assertThat(median(Durations.MAINTAINED, Interval.LOG), is("18 31 -"));
    assertThat(median(Durations.NOT_MAINTAINED, Interval.LOG), is("8 23 -"));
  }

  @Test
  void theBoundsOfSurvivalAreThoseOfR() {
    assertThat(
        lines(
            KaplanMeier.of(Durations.MAINTAINED, Interval.LOG),
            step -> "%.4f %.3f".formatted(step.lower(), step.upper())),
        is(
            List.of(
                "0.7541 1.000",
                "0.6192 1.000",
                "0.4884 1.000",
                "0.3769 0.999",
                "0.2549 0.946",
                "0.1549 0.875",
                "0.0359 0.944")));
    assertThat(
        lines(
            KaplanMeier.of(Durations.MAINTAINED, Interval.LOG_LOG),
            step -> "%.5f %.5f".formatted(step.lower(), step.upper())),
        is(
            List.of(
                "0.50808 0.98667",
                "0.44743 0.95116",
                "0.35019 0.89902",
                "0.26575 0.83530",
                "0.16733 0.75340",
                "0.09283 0.65704",
                "0.01174 0.52501")));
  }

  @Test
  void whereNobodyIsLeftThereIsNoError() {
    Step last = KaplanMeier.of(Durations.of("1 2"), Interval.LOG).steps().get(1);

    assertThat(last.survival(), is(0.0));
    assertThat(last.standardError(), is(Double.NaN));
    assertThat(last.lower(), is(Double.NaN));
  }

  @Test
  void withoutAnEventThereIsNoStep() {
    assertThat(KaplanMeier.of(Durations.of("1+ 2+"), Interval.LOG).steps(), is(List.of()));
  }

  @Test
  void eventsAtZeroCount() {
    assertThat(
        lines(
            KaplanMeier.of(Durations.of("0 0+ 1 1"), Interval.LOG),
            step -> "%.0f: %d of %d".formatted(step.time(), step.events(), step.atRisk())),
        is(List.of("0: 1 of 4", "1: 2 of 2")));
  }

  private static OptionalDouble medianOf(String durations) {
    return KaplanMeier.of(Durations.of(durations), Interval.LOG).median();
  }

  private static OptionalDouble middleOf(String durations) {
    return KaplanMeier.of(Durations.of(durations), Interval.LOG).middleOfExactHalf();
  }

  private static String median(List<Observation> observations, Interval interval) {
    KaplanMeier curve = KaplanMeier.of(observations, interval);
    return "%s %s %s"
        .formatted(text(curve.medianLower()), text(curve.median()), text(curve.medianUpper()));
  }

  private static String text(OptionalDouble value) {
    return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.0f", value.getAsDouble());
  }

  private static List<String> lines(KaplanMeier curve, Function<Step, String> line) {
    return curve.steps().stream().map(line).toList();
  }
}
