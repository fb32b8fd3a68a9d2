package org.stripeanalytics.warehouse.duckdb;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.stripeanalytics.warehouse.WarehouseException;

/** How long to try again for what another process has. */
final class Patience {
  private static final int POLL_MILLIS = 50;

  private Patience() {}

  /**
   * Asks until there is an answer.
   *
   * @return the answer; nothing if none came in this time
   */
  static <T> Optional<T> within(Duration patience, Supplier<Optional<T>> question) {
    long start = System.nanoTime();
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent() || System.nanoTime() - start >= patience.toNanos()) {
        return answer;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WarehouseException("interrupted while waiting for another process", e);
      }
    }
  }
}
