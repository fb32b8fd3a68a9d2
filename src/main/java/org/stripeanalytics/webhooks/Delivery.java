package org.stripeanalytics.webhooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;

/**
 * A webhook that has arrived and whose signature is right.
 *
 * @param body as it was sent, byte for byte; not to be changed
 * @param receivedAt when it arrived here
 */
public record Delivery(Notification notification, byte[] body, Instant receivedAt) {
  /** What {@code object} says of the line that stands before a body in the landing. */
  static final String OBJECT = "webhook_delivery";

  /** The attribute that says when the event happened, as Beam and people read times. */
  public static final String HAPPENED_AT = "happened_at";

  private static final String RECEIVED_AT = "received_at";

  /** What is known of it, as Pub/Sub keeps it beside the body. */
  ImmutableMap<String, String> attributes() {
    ImmutableMap.Builder<String, String> all = ImmutableMap.builder();
    notification
        .attributes()
        .forEach((name, value) -> all.put(name.equals("id") ? "event_id" : name, value));
    return all.put(HAPPENED_AT, notification.happenedAt().orElse(receivedAt).toString())
        .put(RECEIVED_AT, receivedAt.toString())
        .buildOrThrow();
  }

  /** The same as a line of JSON. */
  String line() {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("object", OBJECT);
    attributes().forEach(line::put);
    return line.toString();
  }
}
