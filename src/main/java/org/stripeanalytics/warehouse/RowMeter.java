package org.stripeanalytics.warehouse;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * Counts rows on their way out of a warehouse and into it, as the Beam counters {@code rows_read}
 * and {@code rows_staged}. Embedded Flink reports a counter only when its task has ended, so the
 * rows that pass through this process are also counted in the process, for whoever watches it work.
 */
public enum RowMeter {
  READ,
  STAGED;

  private final Counter counter =
      Metrics.counter(RowMeter.class, "rows_" + name().toLowerCase(Locale.ROOT));
  private final LongAdder inThisProcess = new LongAdder();

  public void add(long rows) {
    counter.inc(rows);
    inThisProcess.add(rows);
  }

  /** Rows counted by this process since it started, retried bundles included. */
  public long inThisProcess() {
    return inThisProcess.sum();
  }
}
