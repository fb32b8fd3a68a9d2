package org.stripeanalytics.observability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.observability.secrets.Secret;

/**
 * Posts JSON to an address, once. Delivered means that this address answered with a 2xx: a redirect
 * is not followed, because a client that follows one turns the POST into a GET and drops the body,
 * and nothing is repeated, because a run must not wait for as long as a server asks it to.
 */
final class JsonPost {

  /**
   * @param patience how long to wait for the connection, and then for the answer
   * @param key sent as a bearer token; null if none is asked for
   * @throws UndeliveredException when the answer is anything but a 2xx
   */
  static void send(URI address, String json, Duration patience, @Nullable Secret key)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    if (key != null) {
      request.header("Authorization", "Bearer " + key.reveal());
    }
    int status =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build()
            .send(request.build(), HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (status / 100 == 3) {
      throw new UndeliveredException(
          "it answered with status " + status + ", a redirect; give the address that it leads to");
    }
    if (status / 100 != 2) {
      throw new UndeliveredException("it answered with status " + status);
    }
  }

  private JsonPost() {}
}
