package org.stripeanalytics.marts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.marts.BenchmarkPosition;
import org.stripeanalytics.model.seeds.Benchmark;

/**
 * {@code marts.benchmark_position}: one row per published benchmark, with this account's newest
 * figure of the same measure beside it, and where that stands among the companies. A position is
 * shown only where both measure the same, the account is of the size that the companies have, and a
 * percentile is published; otherwise the row says which of these is not so.
 */
final class ComputeBenchmarkPosition {
  private final List<AccountFigure> figures;
  private final Optional<BigDecimal> dollars;

  private ComputeBenchmarkPosition(List<AccountFigure> figures, Optional<BigDecimal> dollars) {
    this.figures = figures;
    this.dollars = dollars;
  }

  /**
   * @param figures of any months, in any order
   * @param dollars what one major unit of the reporting currency is in US dollars; empty where no
   *     rate is known
   */
  static ComputeBenchmarkPosition of(List<AccountFigure> figures, Optional<BigDecimal> dollars) {
    return new ComputeBenchmarkPosition(figures, dollars);
  }

  BenchmarkPosition row(Benchmark benchmark) {
    Optional<AccountFigure> figure = newest(benchmark.getMetric());
    @Nullable BigDecimal value = figure.map(AccountFigure::getValue).orElse(null);
    Optional<String> obstacle = obstacle(benchmark, value);
    Optional<Standing> standing =
        obstacle.isPresent() ? Optional.empty() : Standing.of(value, benchmark);
    return BenchmarkPosition.builder()
        .setMetric(benchmark.getMetric())
        .setSource(benchmark.getSource())
        .setYear(benchmark.getYear())
        .setCompanies(benchmark.getCompanies())
        .setPopulation(benchmark.getPopulation())
        .setDefinition(benchmark.getDefinition())
        .setMonth(figure.map(AccountFigure::getMonth).orElse(null))
        .setValue(value)
        .setPublished(benchmark.getPublished())
        .setP25(benchmark.getP25())
        .setP50(benchmark.getP50())
        .setP75(benchmark.getP75())
        .setP90(benchmark.getP90())
        .setPosition(standing.orElse(Standing.UNKNOWN).id())
        .setReason(
            standing.isPresent()
                ? null
                : obstacle.orElse("no published percentile places this value"))
        .build();
  }

  private Optional<AccountFigure> newest(String metric) {
    return figures.stream()
        .filter(figure -> figure.getMetric().equals(metric) && figure.getValue() != null)
        .max(Comparator.comparing(AccountFigure::getMonth));
  }

  /** What forbids comparing the value, if anything does. */
  private Optional<String> obstacle(Benchmark benchmark, @Nullable BigDecimal value) {
    if (benchmark.getNotComparable() != null) {
      return Optional.of(benchmark.getNotComparable());
    }
    if (value == null) {
      return Optional.of("this account has no figure yet");
    }
    return benchmark.getBandOf() == null ? Optional.empty() : outside(benchmark);
  }

  private Optional<String> outside(Benchmark benchmark) {
    String measure = benchmark.getBandOf();
    if (dollars.isEmpty()) {
      return Optional.of("seeds.fx_rates has no rate of US dollars, in which the band is");
    }
    return newest(measure)
        .map(figure -> figure.getValue().multiply(dollars.get()).setScale(2, RoundingMode.HALF_UP))
        .map(size -> holds(benchmark, size) ? Optional.<String>empty() : misfit(measure, size))
        .orElse(Optional.of("the " + measure + " of this account is not known yet"));
  }

  private static boolean holds(Benchmark benchmark, BigDecimal size) {
    return (benchmark.getBandFrom() == null || size.compareTo(benchmark.getBandFrom()) >= 0)
        && (benchmark.getBandTo() == null || size.compareTo(benchmark.getBandTo()) < 0);
  }

  private static Optional<String> misfit(String measure, BigDecimal size) {
    String what = measure.equals(AccountFigure.ARR) ? " a year" : " a month per customer";
    return Optional.of("this account is outside the band: $" + size.toPlainString() + what);
  }
}
