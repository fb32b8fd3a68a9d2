package org.stripeanalytics.streaming;

import java.time.Duration;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.CustomerFold;
import org.stripeanalytics.fold.terms.MetricPolicies;

/**
 * A fold with a catalogue that is read again from time to time, so that a price which an ingestion
 * has brought is known without a restart. One for each instance of a DoFn; not thread-safe.
 */
final class RefreshedCatalog {
  /** How often micro-batches bring another one. */
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final CatalogSource source;
  private final MetricPolicies policies;
  private @Nullable CustomerFold fold;
  private long readAt;

  RefreshedCatalog(CatalogSource source, MetricPolicies policies) {
    this.source = source;
    this.policies = policies;
  }

  CustomerFold fold() {
    long now = System.nanoTime();
    if (fold == null || now - readAt > LIFETIME.toNanos()) {
      fold = new CustomerFold(source.now(), policies);
      readAt = now;
    }
    return fold;
  }
}
