package org.stripeanalytics.marts;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.model.marts.BenchmarkPosition;
import org.stripeanalytics.model.marts.ChurnMonthly;
import org.stripeanalytics.model.marts.RefundsDisputesMonthly;
import org.stripeanalytics.model.marts.TrialFunnel;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.model.seeds.Benchmark;

/**
 * {@code marts.benchmark_position}: one row per published benchmark, with this account's newest
 * figure of the same measure beside it. Bounded.
 */
public final class ComputeBenchmarkPosition
    extends PTransform<PCollection<Benchmark>, PCollection<BenchmarkPosition>> {
  private static final TupleTag<Benchmark> BENCHMARKS = new TupleTag<>();
  private static final TupleTag<AccountFigure> FIGURES = new TupleTag<>();

  private final PCollection<ChurnMonthly> churn;
  private final PCollection<TrialFunnel> funnel;
  private final PCollection<RefundsDisputesMonthly> refundsDisputes;

  private ComputeBenchmarkPosition(
      PCollection<ChurnMonthly> churn,
      PCollection<TrialFunnel> funnel,
      PCollection<RefundsDisputesMonthly> refundsDisputes) {
    this.churn = churn;
    this.funnel = funnel;
    this.refundsDisputes = refundsDisputes;
  }

  /** The rows of the three marts that the figures are read from. */
  public static ComputeBenchmarkPosition of(
      PCollection<ChurnMonthly> churn,
      PCollection<TrialFunnel> funnel,
      PCollection<RefundsDisputesMonthly> refundsDisputes) {
    return new ComputeBenchmarkPosition(churn, funnel, refundsDisputes);
  }

  @Override
  public PCollection<BenchmarkPosition> expand(PCollection<Benchmark> benchmarks) {
    TypeDescriptor<AccountFigure> figure = TypeDescriptor.of(AccountFigure.class);
    PCollection<AccountFigure> figures =
        PCollectionList.of(
                churn
                    .apply("ChurnOfAll", Filter.by(row -> row.getSegment().equals(SegmentKey.ALL)))
                    .apply(
                        "ChurnFigures",
                        FlatMapElements.into(figure)
                            .via(
                                row ->
                                    List.of(
                                        AccountFigure.customerChurnRate(row),
                                        AccountFigure.netRevenueRetention(row)))))
            .and(
                funnel
                    .apply("FunnelOfAll", Filter.by(row -> row.getSegment().equals(SegmentKey.ALL)))
                    .apply(
                        "FunnelFigures",
                        FlatMapElements.into(figure)
                            .via(row -> List.of(AccountFigure.trialConversionRate(row)))))
            .and(
                refundsDisputes
                    .apply(
                        "IncidentsOfAll", Filter.by(row -> row.getSegment().equals(SegmentKey.ALL)))
                    .apply(
                        "IncidentFigures",
                        FlatMapElements.into(figure)
                            .via(
                                row ->
                                    List.of(
                                        AccountFigure.refundRate(row),
                                        AccountFigure.disputeRate(row)))))
            .apply("FlattenFigures", Flatten.pCollections());
    return KeyedPCollectionTuple.of(
            BENCHMARKS,
            benchmarks
                .apply("KeyBenchmarks", WithKeys.of(Benchmark::getMetric))
                .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(Benchmark.class))))
        .and(
            FIGURES,
            figures
                .apply("KeyFigures", WithKeys.of(AccountFigure::getMetric))
                .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(AccountFigure.class))))
        .apply("JoinByMetric", CoGroupByKey.create())
        .apply("Compare", ParDo.of(new CompareFn()));
  }

  private static final class CompareFn extends DoFn<KV<String, CoGbkResult>, BenchmarkPosition> {
    @ProcessElement
    public void compare(
        @Element KV<String, CoGbkResult> metric, OutputReceiver<BenchmarkPosition> output) {
      Optional<AccountFigure> newest =
          StreamSupport.stream(metric.getValue().getAll(FIGURES).spliterator(), false)
              .filter(figure -> figure.getValue() != null)
              .max(Comparator.comparing(AccountFigure::getMonth));
      for (Benchmark benchmark : metric.getValue().getAll(BENCHMARKS)) {
        output.output(position(benchmark, newest));
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
