package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.stripeanalytics.extraction.ExtractionException;
import org.stripeanalytics.extraction.MissingEvents;
import org.stripeanalytics.webhooks.Delivery;
import org.stripeanalytics.webhooks.DeliveryStore;

/**
 * Publishes events to the topic of Pub/Sub that the edge publishes webhooks to, so that whatever
 * reads that topic has them too. When one of them is refused others may be there: they are
 * published again by the next attempt, and an event that comes twice counts once.
 *
 * @param topic as people write it
 * @param store opened when there is something to publish
 */
record MissingEventsTopic(String topic, Supplier<DeliveryStore> store) implements MissingEvents {

  @Override
  public String put(List<String> events, Instant from, Instant to) {
    try (DeliveryStore open = store.get()) {
      CompletableFuture<?>[] stored =
          events.stream()
              .map(event -> open.store(delivery(event)))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(stored).join();
      return topic;
    } catch (CompletionException e) {
      throw new ExtractionException(
          "--topic=%s does not take all of them: %s; run it again"
              .formatted(
                  topic,
                  String.valueOf(Throwables.getRootCause(e).getMessage())
                      .lines()
                      .findFirst()
                      .orElse("")));
    }
  }

  private static Delivery delivery(String event) {
    try {
      return Delivery.fetched(event.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("what was parsed once cannot be parsed again", e);
    }
  }
}
