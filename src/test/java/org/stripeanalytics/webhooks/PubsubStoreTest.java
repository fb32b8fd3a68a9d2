package org.stripeanalytics.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.pubsub.v1.TopicName;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against the emulator of the Google SDK, in a process of its own. */
class PubsubStoreTest {
  private static final TopicName TOPIC = TopicName.of("p", "events");

  private static LocalPubsub pubsub;

  @BeforeAll
  static void start() throws Exception {
    pubsub = LocalPubsub.start();
    pubsub.call("PUT", "/v1/" + TOPIC, "{}");
    pubsub.call("PUT", "/v1/projects/p/subscriptions/all", "{\"topic\":\"" + TOPIC + "\"}");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (pubsub != null) {
      pubsub.close();
    }
  }

  @Test
  void aDeliveryIsAMessageWithWhatIsKnownOfItBesideTheBody() throws Exception {
    String body = "{\n \"id\":\"evt_1\",\"type\":\"invoice.paid\",\"livemode\":true,\"n\":\"Zoë\"}";
    try (PubsubStore store = PubsubStore.open(TOPIC, Optional.of(pubsub.address()))) {
      store.store(delivery(body)).join();
    }

    JsonNode message = pulled("all");
    assertThat(
        new String(Base64.getDecoder().decode(message.path("data").asText()), UTF_8), is(body));
    assertThat(
        new ObjectMapper().convertValue(message.path("attributes"), Map.class),
        is(
            Map.of(
                "event_id", "evt_1",
                "type", "invoice.paid",
                "livemode", "true",
                "happened_at", "2026-01-31T10:15:00Z",
                "received_at", "2026-01-31T10:15:00Z")));
  }

  @Test
  void anEventThatWasFetchedDoesNotSayThatItWasReceived() throws Exception {
    pubsub.call("PUT", "/v1/projects/p/subscriptions/fetched", "{\"topic\":\"" + TOPIC + "\"}");
    String event = "{\"id\":\"evt_2\",\"type\":\"invoice.paid\",\"created\":1769854500}";
    try (PubsubStore store = PubsubStore.open(TOPIC, Optional.of(pubsub.address()))) {
      store.store(Delivery.fetched(event.getBytes(UTF_8))).join();
    }

    assertThat(
        new ObjectMapper().convertValue(pulled("fetched").path("attributes"), Map.class),
        is(
            Map.of(
                "event_id", "evt_2",
                "type", "invoice.paid",
                "created", "1769854500",
                "happened_at", "2026-01-31T10:15:00Z")));
  }

  private static JsonNode pulled(String subscription) throws Exception {
    return new ObjectMapper()
        .readTree(
            pubsub.call(
                "POST",
                "/v1/projects/p/subscriptions/" + subscription + ":pull",
                "{\"maxMessages\":10}"))
        .at("/receivedMessages/0/message");
  }

  @Test
  void whatPubsubRefusesIsNotStored() throws Exception {
    try (PubsubStore store =
        PubsubStore.open(TopicName.of("p", "missing"), Optional.of(pubsub.address()))) {
      CompletionException failure =
          assertThrows(
              CompletionException.class, () -> store.store(delivery("{\"id\":\"evt_1\"}")).join());
      assertThat(failure.getMessage(), containsString("NOT_FOUND"));
    }
  }

  private static Delivery delivery(String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    return new Delivery(Notification.of(bytes), bytes, Instant.parse("2026-01-31T10:15:00Z"));
  }
}
