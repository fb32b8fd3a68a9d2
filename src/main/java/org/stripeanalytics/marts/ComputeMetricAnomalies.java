package org.stripeanalytics.marts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Min;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.MetricAnomaly;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * {@code marts.metric_anomalies}: one row per watched metric, subject and day of the interval that
 * has enough weeks before it, with the band in which the day was expected and how bad it is that it
 * lies outside. Applied to the figures of the interval and of {@link
 * AnomalyDetector#DAYS_LOOKED_BACK} days before it, each in the global window; one shuffle by
 * metric and subject, of which there are few, with one element per day.
 */
public final class ComputeMetricAnomalies
    extends PTransform<PCollection<WatchedDay>, PCollection<MetricAnomaly>> {
  private final DataInterval interval;
  private final PCollection<Long> firstDays;

  private ComputeMetricAnomalies(DataInterval interval, PCollection<Long> firstDays) {
    this.interval = interval;
    this.firstDays = firstDays;
  }

  /**
   * @param firstDays of the tables, since the epoch; the earliest is where the account's history
   *     begins, and a day without figures since then is a zero. Without any nothing is judged.
   */
  public static ComputeMetricAnomalies of(DataInterval interval, PCollection<Long> firstDays) {
    return new ComputeMetricAnomalies(interval, firstDays);
  }

  /** The days whose figures are needed to judge those of an interval. */
  public static DataInterval daysNeeded(DataInterval interval) {
    return DataInterval.of(
        interval.from().minusDays(AnomalyDetector.DAYS_LOOKED_BACK), interval.to());
  }

  @Override
  public PCollection<MetricAnomaly> expand(PCollection<WatchedDay> days) {
    PCollectionView<Iterable<Long>> first =
        firstDays
            .apply("FirstDay", Combine.globally(Min.ofLongs()).withoutDefaults())
            .apply("FirstDayIfAny", View.asIterable());
    PCollection<WatchedDay> outside =
        days.getPipeline()
            .apply(
                "ListSeries",
                Create.of(everySeries(daysNeeded(interval).from().minusDays(1)))
                    .withCoder(RowCoder.of(WatchedDay.class)));
    return PCollectionList.of(days)
        .and(outside)
        .apply("WithEverySeries", Flatten.pCollections())
        .apply("KeyBySeries", WithKeys.of(day -> day.getMetric() + " " + day.getSubject()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(WatchedDay.class)))
        .apply("GroupSeries", GroupByKey.create())
        .apply("Judge", ParDo.of(new JudgeFn(interval, first)).withSideInputs(first));
  }

  /** A day of each that no judgement looks at, so that one without any figure is judged too. */
  private static List<WatchedDay> everySeries(LocalDate day) {
    return Stream.of(WatchedMetric.values())
        .flatMap(
            metric -> subjects(metric).map(subject -> WatchedDay.count(metric, subject, day, 0)))
        .toList();
  }

  private static Stream<String> subjects(WatchedMetric metric) {
    Stream<String> all = Stream.of(SegmentKey.ALL);
    return metric == WatchedMetric.ROWS
        ? Stream.concat(
            all,
            Tables.all().stream()
                .filter(table -> table.contract().layer() == Layer.RAW)
                .map(WarehouseTable::name))
        : all;
  }

  private static final class JudgeFn extends DoFn<KV<String, Iterable<WatchedDay>>, MetricAnomaly> {
    private final DataInterval interval;
    private final PCollectionView<Iterable<Long>> first;

    JudgeFn(DataInterval interval, PCollectionView<Iterable<Long>> first) {
      this.interval = interval;
      this.first = first;
    }

    @ProcessElement
    public void judge(ProcessContext context) {
      List<WatchedDay> days = new ArrayList<>();
      context.element().getValue().forEach(days::add);
      for (long account : context.sideInput(first)) {
        new AnomalyDetector(LocalDate.ofEpochDay(account), interval)
            .judge(WatchedMetric.ofId(days.get(0).getMetric()), days.get(0).getSubject(), days)
            .forEach(context::output);
      }
    }
  }
}
