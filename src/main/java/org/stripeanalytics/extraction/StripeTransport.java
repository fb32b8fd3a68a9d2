package org.stripeanalytics.extraction;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Sends one request to Stripe's API and returns what it answers, whatever that is. */
public interface StripeTransport {

  /**
   * Asks once.
   *
   * @param path with its parameters, such as {@code /v1/charges?limit=100}
   * @throws IOException when nothing was answered
   */
  Reply get(String path) throws IOException;

  /**
   * An answer, whatever its status.
   *
   * @param retryAfter how long the API asks to be left alone
   * @param shouldRetry what the API says of trying again, if it says anything
   */
  record Reply(
      int status, String body, Optional<Duration> retryAfter, Optional<Boolean> shouldRetry) {}
}
