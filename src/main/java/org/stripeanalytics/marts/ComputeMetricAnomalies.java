package org.stripeanalytics.marts;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.MetricAnomaly;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * {@code marts.metric_anomalies}: one row per watched metric, subject and day of the interval that
 * has enough weeks before it, with the band in which the day was expected and how bad it is that it
 * lies outside. Applied to the figures of the interval and of {@link
 * AnomalyDetector#DAYS_LOOKED_BACK} days before it, each in the global window, with the account's
 * opening among them; without one nothing is judged. All of them meet in one place: there are two
 * dozen series, of a small figure a day.
 */
public final class ComputeMetricAnomalies
    extends PTransform<PCollection<WatchedDay>, PCollection<MetricAnomaly>> {
  private final DataInterval interval;

  private ComputeMetricAnomalies(DataInterval interval) {
    this.interval = interval;
  }

  public static ComputeMetricAnomalies of(DataInterval interval) {
    return new ComputeMetricAnomalies(interval);
  }

  /** The days whose figures are needed to judge those of an interval. */
  public static DataInterval daysNeeded(DataInterval interval) {
    return DataInterval.of(
        interval.from().minusDays(AnomalyDetector.DAYS_LOOKED_BACK), interval.to());
  }

  @Override
  public PCollection<MetricAnomaly> expand(PCollection<WatchedDay> days) {
    return days.apply("ToOneKey", WithKeys.of("account"))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(WatchedDay.class)))
        .apply("GroupSeries", GroupByKey.create())
        .apply("Judge", ParDo.of(new JudgeFn(interval)));
  }

  private static ImmutableList<String> subjects(WatchedMetric metric) {
    ImmutableList.Builder<String> subjects = ImmutableList.<String>builder().add(SegmentKey.ALL);
    return metric == WatchedMetric.ROWS
        ? subjects.addAll(CountRawRows.tables()).build()
        : subjects.build();
  }

  private static final class JudgeFn extends DoFn<KV<String, Iterable<WatchedDay>>, MetricAnomaly> {
    private final DataInterval interval;

    JudgeFn(DataInterval interval) {
      this.interval = interval;
    }

    @ProcessElement
    public void judge(
        @Element KV<String, Iterable<WatchedDay>> account, OutputReceiver<MetricAnomaly> output) {
      Optional<LocalDate> opening =
          Streams.stream(account.getValue())
              .filter(WatchedDay::isOpening)
              .map(WatchedDay::getDay)
              .min(Comparator.naturalOrder());
      opening.ifPresent(
          first -> judge(new AnomalyDetector(first, interval), series(account), output));
    }

    /** Every series is judged, also one without any figure. */
    private static void judge(
        AnomalyDetector detector,
        Map<String, Map<LocalDate, WatchedDay>> series,
        OutputReceiver<MetricAnomaly> output) {
      for (WatchedMetric metric : WatchedMetric.values()) {
        for (String subject : subjects(metric)) {
          Map<LocalDate, WatchedDay> days =
              series.getOrDefault(WatchedDay.series(metric.id(), subject), Map.of());
          detector
              .judge(metric, subject, ImmutableList.copyOf(days.values()))
              .forEach(output::output);
        }
      }
    }

    private static Map<String, Map<LocalDate, WatchedDay>> series(
        KV<String, Iterable<WatchedDay>> account) {
      Map<String, Map<LocalDate, WatchedDay>> series = new HashMap<>();
      for (WatchedDay day : account.getValue()) {
        series
            .computeIfAbsent(day.series(), first -> new HashMap<>())
            .merge(day.getDay(), day, WatchedDay::plus);
      }
      return series;
    }
  }
}
