package org.stripeanalytics.server;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How many requests a second are answered, per endpoint and in all, as token buckets. */
final class RateLimits {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perEndpoint;
  private final double overall;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new HashMap<>();
  private final Bucket all;

  /**
   * @param perEndpoint requests a second, and how many may come at once
   * @param overall likewise for all endpoints together
   */
  RateLimits(double perEndpoint, double overall, Clock clock) {
    this.perEndpoint = perEndpoint;
    this.overall = overall;
    this.clock = clock;
    this.all = new Bucket(overall, clock);
  }

  /** Takes a request, unless there have been too many. */
  synchronized void admit(String endpoint) {
    Bucket own = buckets.computeIfAbsent(endpoint, name -> new Bucket(perEndpoint, clock));
    own.refill(perEndpoint, clock);
    all.refill(overall, clock);
    if (own.tokens < 1 || all.tokens < 1) {
      throw ApiError.tooMany(
          "rate_limit",
          "Request rate limit exceeded. Learn more about rate limits here"
              + " https://docs.stripe.com/rate-limits.");
    }
    own.tokens--;
    all.tokens--;
  }

  private static final class Bucket {
    private double tokens;
    private long filledAt;

    Bucket(double capacity, Clock clock) {
      this.tokens = capacity;
      this.filledAt = nanos(clock);
    }

    void refill(double perSecond, Clock clock) {
      long now = nanos(clock);
      tokens = Math.min(perSecond, tokens + (now - filledAt) / NANOS_PER_SECOND * perSecond);
      filledAt = now;
    }

    private static long nanos(Clock clock) {
      Instant now = clock.instant();
      return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }
  }
}
