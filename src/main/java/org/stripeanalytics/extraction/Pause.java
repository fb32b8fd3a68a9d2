package org.stripeanalytics.extraction;

import java.time.Duration;

/** How a thread waits. */
public interface Pause {
  /** Really waits. */
  Pause REAL = duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

  void of(Duration duration) throws InterruptedException;
}
