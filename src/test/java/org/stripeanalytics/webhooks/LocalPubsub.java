package org.stripeanalytics.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.stripeanalytics.pipelines.deployment.Programs;

/** The Pub/Sub emulator of the Google SDK, in a process of its own. */
public final class LocalPubsub implements AutoCloseable {
  private static final Path EMULATOR =
      Path.of("platform", "pubsub-emulator", "lib", "cloud-pubsub-emulator-0.8.20-all.jar");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process emulator;
  private final String address;

  private LocalPubsub(Process emulator, String address) {
    this.emulator = emulator;
    this.address = address;
  }

  /** Skips the test that asks, and says why, where there is none. */
  public static LocalPubsub start() throws IOException {
    Path jar = Programs.ofGoogleSdk(EMULATOR);
    String address;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + free.getLocalPort();
    }
    Process emulator =
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
    return new LocalPubsub(emulator, address);
  }

  /** {@code HOST:PORT}. */
  public String address() {
    return address;
  }

  /** Publishes webhooks as the edge does. */
  public void publish(TopicName topic, String... bodies) throws IOException {
    try (PubsubStore store = PubsubStore.open(topic, Optional.of(address))) {
      for (String body : bodies) {
        byte[] bytes = body.getBytes(UTF_8);
        store
            .store(
                new Delivery(Notification.of(bytes), bytes, Instant.parse("2026-01-31T10:15:00Z")))
            .join();
      }
    }
  }

  /** Asks the emulator's own API, and returns what it answers. */
  public String call(String method, String path, String json)
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

  @Override
  public void close() throws InterruptedException {
    emulator.destroy();
    emulator.waitFor(10, TimeUnit.SECONDS);
  }
}
