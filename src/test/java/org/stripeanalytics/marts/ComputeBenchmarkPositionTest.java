package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.day;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.marts.BenchmarkPosition;
import org.stripeanalytics.model.seeds.Benchmark;

class ComputeBenchmarkPositionTest {

  @Test
  void whereLessIsBetterTheLowestQuarterIsTheBest() {
    Benchmark churn = benchmark(false, "0.03", "0.05", "0.08");
    assertThat(standing("0.03", churn), is("top_quarter"));
    assertThat(standing("0.04", churn), is("above_median"));
    assertThat(standing("0.06", churn), is("below_median"));
    assertThat(standing("0.08", churn), is("bottom_quarter"));
  }

  @Test
  void whereMoreIsBetterTheHighestQuarterIs() {
    Benchmark retention = benchmark(true, "0.6", "0.7", "0.8");
    assertThat(standing("0.85", retention), is("top_quarter"));
    assertThat(standing("0.55", retention), is("bottom_quarter"));
  }

  @Test
  void whatIsNotPublishedOrNotYetKnownIsUnknown() {
    assertThat(standing("0.5", benchmark(true, null, null, "0.8")), is("unknown"));
    assertThat(standing("0.9", benchmark(true, null, null, "0.8")), is("top_quarter"));
    assertThat(standing("0.5", benchmark(true, null, "0.4", null)), is("above_median"));
    assertThat(
        ComputeBenchmarkPosition.position(benchmark(true, null, "0.4", null), Optional.empty())
            .getPosition(),
        is("unknown"));
  }

  @Test
  void theNewestMonthThatHasAFigureIsComparedAndABenchmarkWithoutOneIsListed() {
    List<BenchmarkPosition> rows =
        ComputeBenchmarkPosition.rows(
            List.of(benchmark(true, "0.6", "0.7", "0.8"), benchmark("b")),
            List.of(
                figure("2024-02-01", "0.85"),
                figure("2024-01-01", "0.5"),
                figure("2024-03-01", null)));

    assertThat(
        rows.stream()
            .map(row -> row.getMetric() + " " + row.getMonth() + " " + row.getPosition())
            .toList(),
        contains("a 2024-02-01 top_quarter", "b null unknown"));
  }

  private static AccountFigure figure(String month, String value) {
    return AccountFigure.builder()
        .setMetric("a")
        .setMonth(day(month))
        .setValue(number(value))
        .build();
  }

  private static Benchmark benchmark(String metric) {
    return Benchmark.builder()
        .setMetric(metric)
        .setSource("somebody")
        .setPopulation("some")
        .setHigherIsBetter(true)
        .setP50(number("0.5"))
        .build();
  }

  private static String standing(String value, Benchmark benchmark) {
    return ComputeBenchmarkPosition.position(benchmark, Optional.of(figure("2024-01-01", value)))
        .getPosition();
  }

  private static Benchmark benchmark(boolean higherIsBetter, String p25, String p50, String p75) {
    return Benchmark.builder()
        .setMetric("a")
        .setSource("somebody")
        .setPopulation("some")
        .setHigherIsBetter(higherIsBetter)
        .setP25(number(p25))
        .setP50(number(p50))
        .setP75(number(p75))
        .build();
  }

  private static BigDecimal number(String text) {
    return text == null ? null : new BigDecimal(text);
  }
}
