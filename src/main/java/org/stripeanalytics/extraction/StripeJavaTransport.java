package org.stripeanalytics.extraction;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.net.ApiMode;
import com.stripe.net.ApiResource;
import com.stripe.net.HttpURLConnectionClient;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.stripeanalytics.observability.secrets.Secret;

/**
 * Stripe's Java library as transport and nothing else: it knows the headers, among them the version
 * of the API. Its HTTP client is asked directly, because one layer up a refusal becomes an
 * exception that has lost the header {@code Retry-After}, and objects lose the members that the
 * library does not know.
 */
public final class StripeJavaTransport implements StripeTransport {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 60_000;

  private final String base;
  private final RequestOptions options;
  private final HttpURLConnectionClient http = new HttpURLConnectionClient();

  /**
   * @param base such as {@code https://api.stripe.com}
   */
  public StripeJavaTransport(String base, Secret apiKey) {
    this.base = base;
    this.options =
        RequestOptions.builder()
            .setApiKey(apiKey.reveal())
            .setConnectTimeout(CONNECT_MILLIS)
            .setReadTimeout(READ_MILLIS)
            .build();
  }

  @Override
  public Reply get(String path) throws IOException {
    try {
      StripeResponse response =
          http.request(
              StripeRequest.create(
                  ApiResource.RequestMethod.GET,
                  base + path.replace("[", "%5B").replace("]", "%5D"),
                  null,
                  options,
                  ApiMode.V1));
      return new Reply(
          response.code(),
          response.body(),
          response.headers().firstValue("Retry-After").flatMap(StripeJavaTransport::seconds),
          response.headers().firstValue("Stripe-Should-Retry").map(Boolean::valueOf));
    } catch (ApiConnectionException e) {
      throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().toString(), e);
    } catch (StripeException e) {
      throw new IllegalStateException("a request for " + path + " cannot be made", e);
    }
  }

  /** A date, which HTTP allows too, is not used by Stripe and counts as not said. */
  private static Optional<Duration> seconds(String header) {
    return header.matches("\\d{1,6}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(header)))
        : Optional.empty();
  }
}
