package org.stripeanalytics.ingestion;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a run was delivered of one kind, read from the metrics of its result.
 *
 * @param name the table, as {@code raw.customers}; the type of objects that no table holds; empty
 *     for what is not even known to be of a type
 * @param read rows and objects that were delivered, those that were ignored or rejected among them
 * @param ignored objects that are for no table
 * @param rejected rows by the rule that rejected them
 * @param firstDay the day (of the reporting zone) of the earliest row that was read; null without
 *     rows
 * @param lastDay that of the latest one
 */
public record DeliveredRows(
    String name,
    long read,
    long ignored,
    ImmutableMap<String, Long> rejected,
    @Nullable LocalDate firstDay,
    @Nullable LocalDate lastDay) {
  private static final String READ = "read/";
  private static final String IGNORED = "ignored/";
  private static final String REJECTED = "rejected/";
  private static final String DAYS = "days/";

  static String readMetric(String table) {
    return READ + table;
  }

  static String ignoredMetric(String name) {
    return IGNORED + name;
  }

  static String rejectedMetric(String table, String rule) {
    return REJECTED + table + "/" + rule;
  }

  static String daysMetric(String table) {
    return DAYS + table;
  }

  /** All that a run was delivered, by name. */
  public static ImmutableList<DeliveredRows> of(MetricResults metrics) {
    MetricQueryResults results =
        metrics.queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.inNamespace(DeliveredRows.class))
                .build());
    Map<String, Kind> kinds = new TreeMap<>();
    results
        .getCounters()
        .forEach(counter -> count(kinds, counter.getName().getName(), counter.getAttempted()));
    results
        .getDistributions()
        .forEach(
            days ->
                kind(kinds, days.getName().getName().substring(DAYS.length())).days =
                    days.getAttempted());
    return kinds.entrySet().stream()
        .map(kind -> kind.getValue().rows(kind.getKey()))
        .collect(ImmutableList.toImmutableList());
  }

  /** How many rows were rejected, whatever for. */
  public long rejectedRows() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void count(Map<String, Kind> kinds, String metric, long rows) {
    if (metric.startsWith(READ)) {
      kind(kinds, metric.substring(READ.length())).read += rows;
    } else if (metric.startsWith(IGNORED)) {
      kind(kinds, metric.substring(IGNORED.length())).ignored += rows;
    } else if (metric.startsWith(REJECTED)) {
      int rule = metric.lastIndexOf('/') + 1;
      kind(kinds, metric.substring(REJECTED.length(), rule - 1))
          .rejected
          .merge(metric.substring(rule), rows, Long::sum);
    }
  }

  private static Kind kind(Map<String, Kind> kinds, String name) {
    return kinds.computeIfAbsent(name, unseen -> new Kind());
  }

  /** What is known of a kind so far. */
  private static final class Kind {
    private final Map<String, Long> rejected = new HashMap<>();
    private long read;
    private long ignored;
    private @Nullable DistributionResult days;

    DeliveredRows rows(String name) {
      return new DeliveredRows(
          name,
          read,
          ignored,
          ImmutableMap.copyOf(new TreeMap<>(rejected)),
          days == null ? null : LocalDate.ofEpochDay(days.getMin()),
          days == null ? null : LocalDate.ofEpochDay(days.getMax()));
    }
  }
}
