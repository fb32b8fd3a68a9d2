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

/**
 * Shows how many rows a pipeline reads and writes. While it works these are the rows that pass
 * through this process, if any do; at the end they are what the runner counted, wherever it ran.
 */
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
      PipelineResult result = pipeline.get();
      PipelineResult.State state = result.waitUntilFinish();
      if (state != PipelineResult.State.DONE) {
        throw new IllegalStateException(stage + " ended as " + state);
      }
      Duration elapsed = progress.elapsed();
      terminal.say(
          line(stage, elapsed, RowMeter.READ.countedIn(result), RowMeter.STAGED.countedIn(result)));
      return elapsed;
    } finally {
      timer.shutdownNow();
    }
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
    long read = RowMeter.READ.inThisProcess() - readBefore;
    long staged = RowMeter.STAGED.inThisProcess() - stagedBefore;
    // None may mean that the rows pass through other processes, so it is not shown as a figure.
    return read == 0 && staged == 0
        ? "%-16s %6.1f s".formatted(stage, seconds(elapsed()))
        : line(stage, elapsed(), read, staged);
  }

  /** One line; the rate is that of all rows since the stage began. */
  static String line(String stage, Duration elapsed, long read, long staged) {
    double seconds = seconds(elapsed);
    return String.format(
        Locale.ROOT,
        "%-16s %6.1f s  %s%,d rows written  %,d rows/s",
        stage,
        seconds,
        read == 0 ? "" : String.format(Locale.ROOT, "%,d rows read  ", read),
        staged,
        Math.round((read + staged) / seconds));
  }

  private static double seconds(Duration elapsed) {
    return Math.max(elapsed.toMillis(), 1) / 1000.0;
  }
}
