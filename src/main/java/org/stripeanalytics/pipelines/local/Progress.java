package org.stripeanalytics.pipelines.local;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.RowMeter;

/** Tells, while a stage works, how many rows it has read and staged. Closing it ends the stage. */
final class Progress implements AutoCloseable {
  private static final Duration INTERACTIVE_INTERVAL = Duration.ofMillis(250);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(2);

  private final Terminal terminal;
  private final String stage;
  private final LongSupplier nanos;
  private final long startedAt;
  private final long readBefore = RowMeter.READ.inThisProcess();
  private final long stagedBefore = RowMeter.STAGED.inThisProcess();
  private final ScheduledExecutorService timer;

  private Progress(Terminal terminal, String stage, LongSupplier nanos) {
    this.terminal = terminal;
    this.stage = stage;
    this.nanos = nanos;
    this.startedAt = nanos.getAsLong();
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * @param stage its number and name, as in {@code [1/2] synthesize}
   * @param nanos a clock that only goes forward
   */
  static Progress start(Terminal terminal, String stage, LongSupplier nanos) {
    Progress progress = new Progress(terminal, stage, nanos);
    long interval = (terminal.interactive() ? INTERACTIVE_INTERVAL : LINE_INTERVAL).toMillis();
    // The executor keeps the future, whose failure could only be one of the terminal.
    var unused =
        progress.timer.scheduleAtFixedRate(
            () -> terminal.status(progress.line()), interval, interval, TimeUnit.MILLISECONDS);
    return progress;
  }

  Duration elapsed() {
    return Duration.ofNanos(nanos.getAsLong() - startedAt);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    terminal.say(line());
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
