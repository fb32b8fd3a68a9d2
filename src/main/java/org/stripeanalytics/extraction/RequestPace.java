package org.stripeanalytics.extraction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Spreads requests evenly over time, per endpoint and over all: a token bucket that holds one
 * token. A limit that others share is better met without bursts.
 */
final class RequestPace {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Duration perEndpoint;
  private final Duration overall;
  private final Clock clock;
  private final Map<String, Instant> nextOf = new HashMap<>();
  private Instant next = Instant.MIN;

  /**
   * @param perEndpoint requests a second
   * @param overall requests a second to all endpoints
   */
  RequestPace(double perEndpoint, double overall, Clock clock) {
    this.perEndpoint = Duration.ofNanos(Math.round(NANOS_PER_SECOND / perEndpoint));
    this.overall = Duration.ofNanos(Math.round(NANOS_PER_SECOND / overall));
    this.clock = clock;
  }

  /** Takes the next turn of an endpoint and says how long it is until then. */
  synchronized Duration take(String endpoint) {
    Instant now = clock.instant();
    Instant turn = later(now, later(next, nextOf.getOrDefault(endpoint, Instant.MIN)));
    nextOf.put(endpoint, turn.plus(perEndpoint));
    // An endpoint that has to wait for its own turn does not hold up the others.
    next = later(now, next).plus(overall);
    return Duration.between(now, turn);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
