package org.stripeanalytics.webhooks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Longs;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a webhook says about itself, whether a snapshot event of version 1 of Stripe's API or a thin
 * one of version 2: those of its members {@code id}, {@code type}, {@code created}, {@code
 * api_version}, {@code account} and {@code livemode} that are there and not null, as text. All
 * types are alike.
 */
public record Notification(ImmutableMap<String, String> attributes) {
  private static final ImmutableSet<String> MEMBERS =
      ImmutableSet.of("id", "type", "created", "api_version", "account", "livemode");
  private static final int MOST_CHARACTERS = 255;

  /** Of the year 9999. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads a body to its end, because half an object must not be stored before whole ones.
   *
   * @throws IOException when it is not one JSON object
   */
  static Notification of(byte[] body) throws IOException {
    Map<String, String> attributes = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the body is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value.isScalarValue() && value != JsonToken.VALUE_NULL && MEMBERS.contains(name)) {
          String text = parser.getText();
          attributes.put(name, text.substring(0, Math.min(MOST_CHARACTERS, text.length())));
        }
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new IOException("the body is more than a JSON object");
      }
    }
    return new Notification(ImmutableMap.copyOf(attributes));
  }

  /** Such as {@code evt_1A2b3C}; empty if it has none. */
  public String id() {
    return attributes.getOrDefault("id", "");
  }

  /**
   * What {@code created} says: seconds since the epoch, or a time as thin events have it; empty if
   * it says neither.
   */
  Optional<Instant> happenedAt() {
    String created = attributes.getOrDefault("created", "");
    Long seconds = Longs.tryParse(created);
    if (seconds != null) {
      return seconds >= 0 && seconds <= LAST_SECOND
          ? Optional.of(Instant.ofEpochSecond(seconds))
          : Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(created));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Such as {@code invoice.paid}; empty if it has none. */
  public String type() {
    return attributes.getOrDefault("type", "");
  }
}
