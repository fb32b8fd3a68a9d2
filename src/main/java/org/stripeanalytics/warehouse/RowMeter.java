package org.stripeanalytics.warehouse;

import java.util.concurrent.atomic.LongAdder;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;

/**
 * Counts rows on their way out of a warehouse and into it, as Beam counters. Embedded Flink reports
 * a counter only when its task has ended, so the rows that pass through this process are also
 * counted in the process, for whoever watches it work.
 */
public final class RowMeter {
  public static final RowMeter READ = new RowMeter("rows_read");
  public static final RowMeter STAGED = new RowMeter("rows_staged");

  private final String name;
  private final Counter counter;
  private final LongAdder inThisProcess = new LongAdder();

  private RowMeter(String name) {
    this.name = name;
    this.counter = Metrics.counter(RowMeter.class, name);
  }

  public void add(long rows) {
    counter.inc(rows);
    inThisProcess.add(rows);
  }

  /** Rows counted by this process since it started, retried bundles included. */
  public long inThisProcess() {
    return inThisProcess.sum();
  }

  /** Rows counted by a whole run, on whichever machines, retried bundles included. */
  public long countedIn(PipelineResult result) {
    MetricsFilter ownName =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.named(RowMeter.class, name)).build();
    long rows = 0;
    for (MetricResult<Long> step : result.metrics().queryMetrics(ownName).getCounters()) {
      rows += step.getAttempted();
    }
    return rows;
  }
}
