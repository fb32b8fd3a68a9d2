package org.stripeanalytics.server;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;

/**
 * How the server treats its callers.
 *
 * @param apiKey the only key that is accepted; by default every {@code sk_test_…} and {@code
 *     rk_test_…} is
 * @param forbidden lists that restricted keys, {@code rk_…}, may not read, by the names in their
 *     paths
 * @param failures the share of requests that fail though nothing is wrong with them, from 0 to 1
 * @param seed decides which
 * @param requestsPerSecond what one endpoint answers; more are refused with 429
 * @param overallRequestsPerSecond what all endpoints together answer
 */
public record Behavior(
    Optional<String> apiKey,
    ImmutableSet<String> forbidden,
    double failures,
    long seed,
    double requestsPerSecond,
    double overallRequestsPerSecond) {

  /** As Stripe treats a live account: 25 requests a second and endpoint, 100 in all. */
  public static final Behavior USUAL =
      new Behavior(Optional.empty(), ImmutableSet.of(), 0, 1, 25, 100);

  public Behavior withApiKey(String key) {
    return new Behavior(
        Optional.of(key), forbidden, failures, seed, requestsPerSecond, overallRequestsPerSecond);
  }

  public Behavior withForbidden(ImmutableSet<String> lists) {
    return new Behavior(apiKey, lists, failures, seed, requestsPerSecond, overallRequestsPerSecond);
  }

  public Behavior withFailures(double share, long otherSeed) {
    return new Behavior(
        apiKey, forbidden, share, otherSeed, requestsPerSecond, overallRequestsPerSecond);
  }

  public Behavior withRequestsPerSecond(double perEndpoint, double overall) {
    return new Behavior(apiKey, forbidden, failures, seed, perEndpoint, overall);
  }

  /** The lists that there are, by the names in their paths. */
  public static ImmutableSet<String> lists() {
    return Resource.byPath().keySet();
  }
}
