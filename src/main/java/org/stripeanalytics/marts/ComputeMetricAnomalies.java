package org.stripeanalytics.marts;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.MetricAnomaly;

/**
 * {@code marts.metric_anomalies}: one row per watched metric, subject and day of the interval that
 * has enough weeks before it, with the band in which the day was expected and how bad it is that it
 * lies outside. Made of the figures of the interval and of {@link AnomalyDetector#DAYS_LOOKED_BACK}
 * days before it, with the account's opening among them; without one nothing is judged.
 */
public final class ComputeMetricAnomalies {

  /** The days whose figures are needed to judge those of an interval. */
  public static DataInterval daysNeeded(DataInterval interval) {
    return DataInterval.of(
        interval.from().minusDays(AnomalyDetector.DAYS_LOOKED_BACK), interval.to());
  }

  /**
   * @param days in any order, and several of one series and day, which add up
   */
  static List<MetricAnomaly> rows(DataInterval interval, List<WatchedDay> days) {
    return days.stream()
        .filter(WatchedDay::isOpening)
        .map(WatchedDay::getDay)
        .min(Comparator.naturalOrder())
        .map(opening -> judge(new AnomalyDetector(opening, interval), series(days)))
        .orElse(List.of());
  }

  /** Every series is judged, also one without any figure. */
  private static List<MetricAnomaly> judge(
      AnomalyDetector detector, Map<String, Map<LocalDate, WatchedDay>> series) {
    List<MetricAnomaly> rows = new ArrayList<>();
    for (WatchedMetric metric : WatchedMetric.values()) {
      for (String subject : subjects(metric)) {
        Map<LocalDate, WatchedDay> days =
            series.getOrDefault(WatchedDay.series(metric.id(), subject), Map.of());
        rows.addAll(detector.judge(metric, subject, ImmutableList.copyOf(days.values())));
      }
    }
    return rows;
  }

  private static Map<String, Map<LocalDate, WatchedDay>> series(List<WatchedDay> days) {
    Map<String, Map<LocalDate, WatchedDay>> series = new HashMap<>();
    for (WatchedDay day : days) {
      series
          .computeIfAbsent(day.series(), first -> new HashMap<>())
          .merge(day.getDay(), day, WatchedDay::plus);
    }
    return series;
  }

  private static ImmutableList<String> subjects(WatchedMetric metric) {
    ImmutableList.Builder<String> subjects = ImmutableList.<String>builder().add(SegmentKey.ALL);
    return metric == WatchedMetric.ROWS
        ? subjects.addAll(CountRawRows.tables()).build()
        : subjects.build();
  }

  private ComputeMetricAnomalies() {}
}
