package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.extraction.ExtractionException;
import org.stripeanalytics.webhooks.Delivery;
import org.stripeanalytics.webhooks.DeliveryStore;

class MissingEventsTopicTest {
  private static final String TOPIC = "projects/p/topics/events";
  private static final Instant FROM = Instant.parse("2026-01-31T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-02-01T00:00:00Z");
  private static final List<String> EVENTS =
      List.of(
          "{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"created\":1769853600}",
          "{\"id\":\"evt_2\",\"type\":\"refund.created\",\"created\":1769853601}");

  private final List<Delivery> stored = new ArrayList<>();
  private boolean closed;

  @Test
  void eventsArePublishedAsTheyAreAndNotAsWebhooksThatCameLate() {
    String place = new MissingEventsTopic(TOPIC, () -> store("none")).put(EVENTS, FROM, TO);

    assertThat(place, is(TOPIC));
    assertThat(stored.stream().map(event -> new String(event.body(), UTF_8)).toList(), is(EVENTS));
    assertThat(
        stored.stream().map(event -> event.notification().id()).toList(),
        is(List.of("evt_1", "evt_2")));
    stored.forEach(event -> assertThat(event.receivedAt(), nullValue()));
    assertThat(closed, is(true));
  }

  @Test
  void anEventThatIsRefusedIsSaidInOneLine() {
    ExtractionException failure =
        assertThrows(
            ExtractionException.class,
            () -> new MissingEventsTopic(TOPIC, () -> store("evt_2")).put(EVENTS, FROM, TO));

    assertThat(
        failure.getMessage(),
        is("--topic=" + TOPIC + " does not take all of them: NOT_FOUND; run it again"));
    assertThat(closed, is(true));
  }

  private DeliveryStore store(String refused) {
    return new DeliveryStore() {
      @Override
      public CompletableFuture<Void> store(Delivery delivery) {
        stored.add(delivery);
        return delivery.notification().id().equals(refused)
            ? CompletableFuture.failedFuture(new IOException("NOT_FOUND"))
            : CompletableFuture.completedFuture(null);
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }
}
