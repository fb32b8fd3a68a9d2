package org.stripeanalytics.marts;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.stripeanalytics.model.marts.BenchmarkPosition;
import org.stripeanalytics.model.seeds.Benchmark;

/**
 * {@code marts.benchmark_position}: one row per published benchmark, with this account's newest
 * figure of the same measure beside it, where there is one.
 */
public final class ComputeBenchmarkPosition {

  /**
   * @param figures of any months, in any order
   */
  static List<BenchmarkPosition> rows(List<Benchmark> benchmarks, List<AccountFigure> figures) {
    return benchmarks.stream()
        .map(benchmark -> position(benchmark, newest(benchmark.getMetric(), figures)))
        .toList();
  }

  private static Optional<AccountFigure> newest(String metric, List<AccountFigure> figures) {
    return figures.stream()
        .filter(figure -> figure.getMetric().equals(metric) && figure.getValue() != null)
        .max(Comparator.comparing(AccountFigure::getMonth));
  }

  static BenchmarkPosition position(Benchmark benchmark, Optional<AccountFigure> figure) {
    return BenchmarkPosition.builder()
        .setMetric(benchmark.getMetric())
        .setSource(benchmark.getSource())
        .setPopulation(benchmark.getPopulation())
        .setMonth(figure.map(AccountFigure::getMonth).orElse(null))
        .setValue(figure.map(AccountFigure::getValue).orElse(null))
        .setP25(benchmark.getP25())
        .setP50(benchmark.getP50())
        .setP75(benchmark.getP75())
        .setPosition(Standing.of(figure.map(AccountFigure::getValue).orElse(null), benchmark).id())
        .build();
  }

  private ComputeBenchmarkPosition() {}
}
