package org.stripeanalytics.warehouse;

import java.util.concurrent.atomic.LongAdder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * Counts rows on their way out of a warehouse and into it, as Beam counters. Embedded Flink reports
 * a counter only when its task has ended, so the rows that pass through this process are also
 * counted in the process, for whoever watches it work.
 */
public final class RowMeter {
  public static final RowMeter READ = new RowMeter("rows_read");
  public static final RowMeter STAGED = new RowMeter("rows_staged");

  private final Counter counter;
  private final LongAdder inThisProcess = new LongAdder();

  private RowMeter(String name) {
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
}
