package org.stripeanalytics.marts;

import com.google.common.collect.Streams;
import java.util.Comparator;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.marts.BenchmarkPosition;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.model.seeds.Benchmark;
import org.stripeanalytics.warehouse.SeedFile;

/**
 * {@code marts.benchmark_position}: one row per published benchmark, with this account's newest
 * figure of the same measure beside it. Bounded.
 */
public final class ComputeBenchmarkPosition
    extends PTransform<PCollection<AccountFigure>, PCollection<BenchmarkPosition>> {

  private ComputeBenchmarkPosition() {}

  public static ComputeBenchmarkPosition create() {
    return new ComputeBenchmarkPosition();
  }

  @Override
  public PCollection<BenchmarkPosition> expand(PCollection<AccountFigure> figures) {
    PCollection<AccountFigure> unknown =
        figures
            .getPipeline()
            .apply("Begin", Impulse.create())
            .apply("ListMetrics", ParDo.of(new ListMetricsFn()));
    return PCollectionList.of(figures)
        .and(unknown)
        .apply("WithEveryMetric", Flatten.pCollections())
        .apply("KeyByMetric", WithKeys.of(AccountFigure::getMetric))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(AccountFigure.class)))
        .apply("GroupByMetric", GroupByKey.create())
        .apply("Compare", ParDo.of(new CompareFn()));
  }

  /** So that a benchmark is told of where the account has no figure. */
  private static final class ListMetricsFn extends DoFn<byte[], AccountFigure> {
    @ProcessElement
    public void list(OutputReceiver<AccountFigure> output) {
      SeedFile.of(Tables.BENCHMARKS).rows().stream()
          .map(Benchmark::getMetric)
          .distinct()
          .forEach(metric -> output.output(AccountFigure.unknown(metric)));
    }
  }

  private static final class CompareFn
      extends DoFn<KV<String, Iterable<AccountFigure>>, BenchmarkPosition> {
    @ProcessElement
    public void compare(
        @Element KV<String, Iterable<AccountFigure>> metric,
        OutputReceiver<BenchmarkPosition> output) {
      Optional<AccountFigure> newest =
          Streams.stream(metric.getValue())
              .filter(figure -> figure.getValue() != null)
              .max(Comparator.comparing(AccountFigure::getMonth));
      for (Benchmark benchmark : SeedFile.of(Tables.BENCHMARKS).rows()) {
        if (benchmark.getMetric().equals(metric.getKey())) {
          output.output(position(benchmark, newest));
        }
      }
    }
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
}
