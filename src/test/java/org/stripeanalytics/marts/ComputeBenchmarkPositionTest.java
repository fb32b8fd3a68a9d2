package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.day;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.marts.BenchmarkPosition;
import org.stripeanalytics.model.seeds.Benchmark;
import org.stripeanalytics.warehouse.SeedFile;

class ComputeBenchmarkPositionTest {
  private static final Benchmark CHURN =
      benchmark("churn", false).setP25(n("0.03")).setP50(n("0.05")).setP75(n("0.08")).build();
  private static final Benchmark RETENTION =
      benchmark("nrr", true).setP25(n("0.6")).setP50(n("0.7")).setP75(n("0.8")).build();

  @Test
  void whereLessIsBetterTheLowestQuarterIsTheBest() {
    assertThat(standing("0.03", CHURN), is("top_quarter"));
    assertThat(standing("0.04", CHURN), is("above_median"));
    assertThat(standing("0.06", CHURN), is("below_median"));
    assertThat(standing("0.08", CHURN), is("bottom_quarter"));
  }

  @Test
  void whereMoreIsBetterTheHighestQuarterIsAndTheHighestTenthBeyondIt() {
    assertThat(standing("0.85", RETENTION), is("top_quarter"));
    assertThat(standing("0.55", RETENTION), is("bottom_quarter"));
    assertThat(standing("0.95", RETENTION.toBuilder().setP90(n("0.9")).build()), is("top_decile"));
  }

  @Test
  void aSinglePercentileSaysOnWhichSideOfItTheAccountIs() {
    Benchmark best = benchmark("nrr", true).setP75(n("0.8")).build();
    assertThat(standing("0.9", best), is("top_quarter"));
    assertThat(standing("0.5", best), is("below_top_quarter"));
    assertThat(
        standing("0.5", benchmark("nrr", true).setP50(n("0.4")).build()), is("above_median"));
  }

  @Test
  void withoutAFigureOrAPercentileOrWithAnotherDefinitionARowSaysSoInsteadOfAPosition() {
    assertThat(reason(RETENTION), is("this account has no figure yet"));
    assertThat(
        reason(benchmark("nrr", true).setPublished("average 70 %").build(), figure("nrr", "0.7")),
        is("no published percentile places this value"));
    assertThat(
        reason(RETENTION.toBuilder().setNotComparable("a quarter's").build(), figure("nrr", "0.7")),
        is("a quarter's"));
  }

  @Test
  void anAccountIsComparedOnlyWithCompaniesOfItsSize() {
    Benchmark small = RETENTION.toBuilder().setBandOf("arpa").setBandTo(n("25")).build();
    AccountFigure retention = figure("nrr", "0.75");

    assertThat(
        row(small, "1", retention, figure("arpa", "24.99")).getPosition(), is("above_median"));
    assertThat(
        reason(small, retention, figure("arpa", "25")),
        is("this account is outside the band: $25.00 a month per customer"));
    assertThat(
        "24 pounds are more than 25 dollars",
        row(small, "1.25", retention, figure("arpa", "24")).getReason(),
        is("this account is outside the band: $30.00 a month per customer"));
    assertThat(
        row(small, null, retention, figure("arpa", "24")).getReason(),
        is("seeds.fx_rates has no rate of US dollars, in which the band is"));
    assertThat(reason(small, retention), is("the arpa of this account is not known yet"));
  }

  @Test
  void theNewestMonthThatHasAFigureIsCompared() {
    BenchmarkPosition row =
        row(
            RETENTION,
            "1",
            figure("nrr", "2024-02-01", "0.85"),
            figure("nrr", "2024-01-01", "0.5"),
            figure("nrr", "2024-03-01", null));

    assertThat(row.getMonth() + " " + row.getPosition(), is("2024-02-01 top_quarter"));
  }

  @Test
  void everyPublishedFigureSaysWhatItMeasuresAndAPercentileIsTheOneThatWasPublished() {
    for (Benchmark published : SeedFile.of(Tables.BENCHMARKS).rows()) {
      assertThat(published.toString(), published.getDefinition() != null, is(true));
      for (BigDecimal bound :
          new BigDecimal[] {published.getP50(), published.getP75(), published.getP90()}) {
        String percent =
            bound == null
                ? ""
                : bound.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
        assertThat(published.toString(), published.getPublished().contains(percent), is(true));
      }
    }
  }

  private static String standing(String value, Benchmark benchmark) {
    return row(benchmark, "1", figure(benchmark.getMetric(), value)).getPosition();
  }

  private static String reason(Benchmark benchmark, AccountFigure... figures) {
    BenchmarkPosition row = row(benchmark, "1", figures);
    assertThat(row.getPosition(), is("unknown"));
    return row.getReason();
  }

  private static BenchmarkPosition row(
      Benchmark benchmark, String dollars, AccountFigure... figures) {
    return ComputeBenchmarkPosition.of(List.of(figures), Optional.ofNullable(n(dollars)))
        .row(benchmark);
  }

  private static AccountFigure figure(String metric, String value) {
    return figure(metric, "2024-01-01", value);
  }

  private static AccountFigure figure(String metric, String month, String value) {
    return AccountFigure.builder()
        .setMetric(metric)
        .setMonth(day(month))
        .setValue(n(value))
        .build();
  }

  private static Benchmark.Builder benchmark(String metric, boolean higherIsBetter) {
    return Benchmark.builder()
        .setMetric(metric)
        .setSource("somebody")
        .setPopulation("some")
        .setHigherIsBetter(higherIsBetter);
  }

  private static BigDecimal n(String text) {
    return text == null ? null : new BigDecimal(text);
  }
}
