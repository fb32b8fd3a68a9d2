package org.stripeanalytics.pipelines.local;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.beam.sdk.PipelineResult;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.RowMeter;

/** Tells, while a pipeline works, how many rows it has read and written. */
final class Progress {
  private static final Duration INTERACTIVE_INTERVAL = Duration.ofMillis(250);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(2);

  private final String stage;
  private final LongSupplier nanos;
  private final long startedAt;
  private final long readBefore = RowMeter.READ.inThisProcess();
  private final long stagedBefore = RowMeter.STAGED.inThisProcess();

  private Progress(String stage, LongSupplier nanos) {
    this.stage = stage;
    this.nanos = nanos;
    this.startedAt = nanos.getAsLong();
  }

  /**
   * Runs a pipeline to its end.
   *
   * @param stage its number and name, as in {@code [1/2] synthesize}
   * @param nanos a clock that only goes forward
   * @return how long it took
   * @throws IllegalStateException when it did not end well; whatever it throws itself
   */
  static Duration during(
      Terminal terminal, String stage, LongSupplier nanos, Supplier<PipelineResult> pipeline) {
    Progress progress = new Progress(stage, nanos);
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Progress::daemon);
    long interval = (terminal.interactive() ? INTERACTIVE_INTERVAL : LINE_INTERVAL).toMillis();
    ScheduledFuture<?> unused =
        timer.scheduleAtFixedRate(
            () -> terminal.status(progress.line()), interval, interval, TimeUnit.MILLISECONDS);
    try {
      PipelineResult.State state = pipeline.get().waitUntilFinish();
      if (state != PipelineResult.State.DONE) {
        throw new IllegalStateException(stage + " ended as " + state);
      }
    } finally {
      timer.shutdownNow();
    }
    terminal.say(progress.line());
    return progress.elapsed();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "progress");
    thread.setDaemon(true);
    return thread;
  }

  private Duration elapsed() {
    return Duration.ofNanos(nanos.getAsLong() - startedAt);
  }

  private String line() {
    return line(
        stage,
        elapsed(),
        RowMeter.READ.inThisProcess() - readBefore,
        RowMeter.STAGED.inThisProcess() - stagedBefore);
  }

  /** One line; the rate is that of all rows since the stage began. */
  static String line(String stage, Duration elapsed, long read, long staged) {
    double seconds = Math.max(elapsed.toMillis(), 1) / 1000.0;
    return String.format(
        Locale.ROOT,
        "%-16s %6.1f s  %s%,d rows written  %,d rows/s",
        stage,
        seconds,
        read == 0 ? "" : String.format(Locale.ROOT, "%,d rows read  ", read),
        staged,
        Math.round((read + staged) / seconds));
  }
}
