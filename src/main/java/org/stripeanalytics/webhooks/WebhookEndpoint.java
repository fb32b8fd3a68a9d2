package org.stripeanalytics.webhooks;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a webhook is answered with. A delivery that is right is stored first, and only then
 * accepted. For any number of threads; each waits until its delivery is stored.
 */
public final class WebhookEndpoint {
  /** Stripe's events are far smaller; what is larger is not read to its end. */
  public static final int MOST_BYTES = 1 << 20;

  private final WebhookSignature signature;
  private final DeliveryStore store;
  private final Clock clock;

  /**
   * @param status 200, 400, 413 or 503, of which Stripe repeats all but the first
   * @param message one line for people, empty if all is well
   * @param notification what arrived; null if its signature is not right
   */
  public record Answer(int status, String message, @Nullable Notification notification) {
    static final Answer TOO_LARGE =
        new Answer(413, "the body is larger than %d bytes".formatted(MOST_BYTES), null);
  }

  public WebhookEndpoint(WebhookSignature signature, DeliveryStore store, Clock clock) {
    this.signature = signature;
    this.store = store;
    this.clock = clock;
  }

  /**
   * @param header {@code Stripe-Signature}; null if there is none
   * @param body as it was sent
   */
  public Answer answer(@Nullable String header, byte[] body) {
    if (body.length > MOST_BYTES) {
      return Answer.TOO_LARGE;
    }
    Optional<String> fault = signature.faultOf(header, body);
    if (fault.isPresent()) {
      return new Answer(400, fault.get(), null);
    }
    Notification notification;
    try {
      notification = Notification.of(body);
    } catch (IOException e) {
      // Its message would quote the body.
      return new Answer(400, "the signature is right, but the body is not one JSON object", null);
    }
    try {
      store.store(new Delivery(notification, body, clock.instant())).join();
      return new Answer(200, "", notification);
    } catch (CompletionException e) {
      return new Answer(503, "cannot be stored: " + e.getCause().getMessage(), notification);
    }
  }
}
