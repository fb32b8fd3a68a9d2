package org.stripeanalytics.webhooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A webhook that has arrived and whose signature is right, or an event that was fetched because no
 * webhook had brought it.
 *
 * @param body as it was sent, byte for byte; not to be changed
 * @param receivedAt when it arrived here; null if it was fetched, so that it does not count as a
 *     webhook that came late
 */
public record Delivery(Notification notification, byte[] body, @Nullable Instant receivedAt) {
  /** What {@code object} says of the line that stands before a body in the landing. */
  static final String OBJECT = "webhook_delivery";

  /** The attribute that says when the event happened, as Beam and people read times. */
  public static final String HAPPENED_AT = "happened_at";

  private static final String RECEIVED_AT = "received_at";

  /**
   * An event of Stripe's list.
   *
   * @throws IOException when it is not one JSON object
   */
  public static Delivery fetched(byte[] event) throws IOException {
    return new Delivery(Notification.of(event), event, null);
  }

  /** What is known of it, as Pub/Sub keeps it beside the body. */
  ImmutableMap<String, String> attributes() {
    ImmutableMap.Builder<String, String> all = ImmutableMap.builder();
    notification
        .attributes()
        .forEach((name, value) -> all.put(name.equals("id") ? "event_id" : name, value));
    notification
        .happenedAt()
        .or(() -> Optional.ofNullable(receivedAt))
        .ifPresent(time -> all.put(HAPPENED_AT, time.toString()));
    if (receivedAt != null) {
      all.put(RECEIVED_AT, receivedAt.toString());
    }
    return all.buildOrThrow();
  }

  /** The same as a line of JSON. */
  String line() {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("object", OBJECT);
    attributes().forEach(line::put);
    return line.toString();
  }
}
