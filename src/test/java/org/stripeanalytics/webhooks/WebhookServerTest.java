package org.stripeanalytics.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.observability.secrets.Secret;

class WebhookServerTest {
  private static final Instant NOW = Instant.parse("2026-01-31T10:15:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Secret SECRET = Secret.of("whsec" + "_server");
  private static final String SNAPSHOT =
      """
      {
        "id": "evt_1",
        "object": "event",
        "api_version": "2026-07-29.dahlia",
        "created": 1769854500,
        "data": {"object": {"id": "cus_1", "object": "customer", "email": "jo@example.com"}},
        "livemode": false,
        "type": "customer.created"
      }""";
  private static final String THIN =
      "{\"id\":\"evt_2\",\"object\":\"v2.core.event\",\"type\":\"v1.billing.meter.no_meter_found\","
          + "\"created\":\"2026-01-31T10:14:59.000Z\",\"livemode\":true,\"context\":null}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Shelf shelf = new Shelf();
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private WebhookServer server;

  /** Keeps deliveries in memory, at once unless it is told otherwise. */
  private static final class Shelf implements DeliveryStore {
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private CompletableFuture<Void> fate = CompletableFuture.completedFuture(null);

    @Override
    public CompletableFuture<Void> store(Delivery delivery) {
      deliveries.add(delivery);
      return fate;
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void start() throws IOException {
    server =
        WebhookServer.start(
            new WebhookEndpoint(new WebhookSignature(List.of(SECRET), CLOCK), shelf, CLOCK),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            log::add,
            CLOCK);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aSnapshotEventIsStoredAsItCameWithWhatIsKnownOfIt() throws Exception {
    assertThat(post(SNAPSHOT), is("200"));

    Delivery delivery = shelf.deliveries.take();
    assertThat(new String(delivery.body(), UTF_8), is(SNAPSHOT));
    assertThat(
        delivery.attributes(),
        is(
            Map.of(
                "event_id", "evt_1",
                "type", "customer.created",
                "created", "1769854500",
                "api_version", "2026-07-29.dahlia",
                "livemode", "false",
                "happened_at", "2026-01-31T10:15:00Z",
                "received_at", "2026-01-31T10:15:00Z")));
  }

  @Test
  void aThinEventIsAcceptedToo() throws Exception {
    assertThat(post(THIN), is("200"));

    assertThat(
        shelf.deliveries.take().notification().type(), is("v1.billing.meter.no_meter_found"));
  }

  @Test
  void aBodyOfExactlyOneMebibyteIsAccepted() throws Exception {
    assertThat(post(bodyOf(1 << 20)), is("200"));
  }

  @Test
  void aLargerBodyIsRefusedAndTheConnectionGoesOn() throws Exception {
    assertThat(post(bodyOf((1 << 20) + 1)), is("413 the body is larger than 1048576 bytes"));
    assertThat(post(SNAPSHOT), is("200"));
  }

  @Test
  void aLargeBodyInChunksIsRefusedToo() throws Exception {
    byte[] body = bodyOf(3 << 20).getBytes(UTF_8);

    assertThat(
        send(
            signed(body)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build()),
        is("413 the body is larger than 1048576 bytes"));
  }

  @Test
  void aWrongSignatureIsRefusedInOneLine() throws Exception {
    HttpRequest altered =
        signed(SNAPSHOT.getBytes(UTF_8))
            .POST(BodyPublishers.ofString(SNAPSHOT.replace("jo@", "mo@")))
            .build();

    assertThat(send(altered), is("400 no signature fits the body and the secret of this endpoint"));
    assertThat(
        send(HttpRequest.newBuilder(server.base()).POST(BodyPublishers.noBody()).build()),
        is("400 there is no Stripe-Signature"));
    assertThat(shelf.deliveries.isEmpty(), is(true));
  }

  @Test
  void whatIsSignedAndNotOneObjectIsRefused() throws Exception {
    String refusal = "400 the signature is right, but the body is not one JSON object";

    assertThat(post("[]"), is(refusal));
    assertThat(post(""), is(refusal));
    assertThat(post("{\"id\":\"evt_1\""), is(refusal));
    assertThat(post("{} {}"), is(refusal));
  }

  @Test
  void whatCannotBeStoredIsForTheSenderToSendAgain() throws Exception {
    shelf.fate = CompletableFuture.failedFuture(new IOException("No space left on device"));

    assertThat(post(SNAPSHOT), is("503 try later"));
    assertThat(log.take(), containsString(" 503 evt_1 customer.created "));
  }

  @Test
  void theLogSaysWhatCameAndNothingOfTheContent() throws Exception {
    post(SNAPSHOT);
    post(SNAPSHOT.replace("evt_1", "evt_1\\n2026 200 evt_forged"));
    post("[]");

    assertThat(log.take(), matchesRegex("2026-01-31T10:15:00Z 200 evt_1 customer.created \\d+ ms"));
    assertThat(log.take(), containsString("200 evt_1?2026?200?evt_forged customer.created"));
    assertThat(log.take(), matchesRegex(".*Z 400 - \\d+ ms: the signature is right, but .*"));
    assertThat(log.toString(), not(containsString("jo@")));
  }

  @Test
  void healthIsAskedBesideTheWebhooks() throws Exception {
    URI health = server.base().resolve("/health");

    assertThat(send(HttpRequest.newBuilder(health).build()), is("200 ok"));
    assertThat(
        send(HttpRequest.newBuilder(health).POST(BodyPublishers.noBody()).build()),
        is("405 GET only"));
    assertThat(send(HttpRequest.newBuilder(server.base()).build()), is("405 POST only"));
    assertThat(
        send(HttpRequest.newBuilder(server.base().resolve("/v1")).build()),
        is("404 webhooks are taken at /"));
  }

  @Test
  void stoppingWaitsForWhatIsBeingStored() throws Exception {
    shelf.fate = new CompletableFuture<>();
    CompletableFuture<HttpResponse<String>> waiting =
        client.sendAsync(
            signed(SNAPSHOT.getBytes(UTF_8)).POST(BodyPublishers.ofString(SNAPSHOT)).build(),
            HttpResponse.BodyHandlers.ofString());
    shelf.deliveries.take();

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
    while (!server.isStopping()) {
      Thread.onSpinWait();
    }
    assertThat(post(SNAPSHOT), is("503 stopping"));
    shelf.fate.complete(null);

    assertThat(waiting.get().statusCode(), is(200));
    stopped.get();
  }

  private static String bodyOf(int bytes) {
    String frame = "{\"id\":\"evt_long\",\"text\":\"%s\"}";
    return frame.formatted("x".repeat(bytes - frame.length() + 2));
  }

  private String post(String body) throws Exception {
    return send(signed(body.getBytes(UTF_8)).POST(BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder signed(byte[] body) {
    return HttpRequest.newBuilder(server.base())
        .header("Stripe-Signature", WebhookSignature.header(SECRET, NOW, body));
  }

  /** The status, and the line that was answered, if any. */
  private String send(HttpRequest request) throws Exception {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return (answer.statusCode() + " " + answer.body()).strip();
  }
}
