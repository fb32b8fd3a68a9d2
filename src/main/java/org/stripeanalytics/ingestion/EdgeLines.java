package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.ops.ReceivedDelivery;

/**
 * Reads the lines with which the edge says what it knows of a webhook; the body is the next line.
 * One that cannot be read costs nothing but its row: the body is ingested in any case.
 */
final class EdgeLines {
  /** What {@code object} says of such a line. */
  static final String OBJECT = "webhook_delivery";

  /** Empty if the line does not say which event was received, and when. */
  static Optional<ReceivedDelivery> read(ObjectNode line) {
    @Nullable String id = text(line, "event_id");
    @Nullable Instant receivedAt = time(text(line, "received_at"));
    if (id == null || id.isEmpty() || receivedAt == null) {
      return Optional.empty();
    }
    @Nullable String livemode = text(line, "livemode");
    return Optional.of(
        ReceivedDelivery.builder()
            .setEventId(id)
            .setEventType(text(line, "type"))
            .setCreatedAt(time(text(line, "created")))
            .setReceivedAt(receivedAt)
            .setLivemode(livemode == null ? null : Boolean.valueOf(livemode))
            .setAccount(text(line, "account"))
            .setReceivedOn(LocalDate.ofInstant(receivedAt, ZoneOffset.UTC))
            .build());
  }

  private static @Nullable String text(ObjectNode line, String name) {
    JsonNode value = line.path(name);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  /** A moment in ISO 8601 or in seconds, to the microsecond. */
  private static @Nullable Instant time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return text.matches("[0-9]{1,12}")
          ? Instant.ofEpochSecond(Long.parseLong(text))
          : Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeParseException e) {
      // No edge of ours writes this. Without received_at there is no row; without created, a null.
      return null;
    }
  }

  private EdgeLines() {}
}
