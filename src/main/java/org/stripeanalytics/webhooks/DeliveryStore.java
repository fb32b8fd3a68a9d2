package org.stripeanalytics.webhooks;

import java.util.concurrent.CompletableFuture;

/** Where deliveries are kept for good. For any number of threads. */
public interface DeliveryStore extends AutoCloseable {
  /**
   * Stores a delivery. The result completes when a power cut can no longer take it away, and
   * exceptionally when it could not be stored.
   */
  CompletableFuture<Void> store(Delivery delivery);

  /** Stores what was handed over before, and lets go of the place. */
  @Override
  void close();
}
