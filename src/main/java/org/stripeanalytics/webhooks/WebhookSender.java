package org.stripeanalytics.webhooks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import org.stripeanalytics.observability.secrets.Secret;

/** Signs and sends webhooks as Stripe does, one attempt each. For any number of threads. */
public final class WebhookSender {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI endpoint;
  private final Secret secret;
  private final Clock clock;

  /**
   * @param clock whose time the signatures have
   */
  public WebhookSender(URI endpoint, Secret secret, Clock clock) {
    this.endpoint = endpoint;
    this.secret = secret;
    this.clock = clock;
  }

  /** What a webhook was answered with. */
  public record Answer(int status, String message) {
    public boolean accepted() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * Sends a body and waits for the answer.
   *
   * @throws IOException when there is none
   */
  public Answer send(byte[] body) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Stripe-Signature", WebhookSignature.header(secret, clock.instant(), body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body().strip());
  }
}
