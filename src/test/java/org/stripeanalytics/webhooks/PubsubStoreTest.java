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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.pipelines.deployment.Programs;

/** Against the emulator of the Google SDK, in a process of its own. */
class PubsubStoreTest {
  private static final Path EMULATOR =
      Path.of("platform", "pubsub-emulator", "lib", "cloud-pubsub-emulator-0.8.20-all.jar");
  private static final TopicName TOPIC = TopicName.of("p", "events");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static Process emulator;
  private static String address;

  @BeforeAll
  static void start() throws Exception {
    Path jar = Programs.ofGoogleSdk(EMULATOR);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + free.getLocalPort();
    }
    emulator =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "--host=127.0.0.1",
                "--port=" + address.substring(address.indexOf(':') + 1))
            .redirectErrorStream(true)
            .start();
    try (var said = emulator.inputReader()) {
      String line = said.readLine();
      while (line != null && !line.contains("Server started")) {
        line = said.readLine();
      }
    }
    call("PUT", "/v1/" + TOPIC, "{}");
    call("PUT", "/v1/projects/p/subscriptions/all", "{\"topic\":\"" + TOPIC + "\"}");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (emulator != null) {
      emulator.destroy();
      emulator.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aDeliveryIsAMessageWithWhatIsKnownOfItBesideTheBody() throws Exception {
    String body = "{\n \"id\":\"evt_1\",\"type\":\"invoice.paid\",\"livemode\":true,\"n\":\"Zoë\"}";
    try (PubsubStore store = PubsubStore.open(TOPIC, Optional.of(address))) {
      store.store(delivery(body)).join();
    }

    JsonNode message =
        new ObjectMapper()
            .readTree(call("POST", "/v1/projects/p/subscriptions/all:pull", "{\"maxMessages\":10}"))
            .at("/receivedMessages/0/message");
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
  void whatPubsubRefusesIsNotStored() throws Exception {
    try (PubsubStore store = PubsubStore.open(TopicName.of("p", "missing"), Optional.of(address))) {
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

  private static String call(String method, String path, String json)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create("http://" + address + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body(), answer.statusCode(), is(200));
    return answer.body();
  }
}
