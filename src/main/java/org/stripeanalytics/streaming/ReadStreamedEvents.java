package org.stripeanalytics.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.streaming.StreamedEvent;

/**
 * {@code streaming.streamed_events}: a row of each delivery, to be kept once for each event. What
 * is no event, or a thin one, which holds no object, is counted and left to the ingestion, which
 * says what is wrong with it. Element by element.
 */
public final class ReadStreamedEvents
    extends PTransform<PCollection<String>, PCollection<StreamedEvent>> {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the year 9999. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private ReadStreamedEvents() {}

  public static ReadStreamedEvents create() {
    return new ReadStreamedEvents();
  }

  @Override
  public PCollection<StreamedEvent> expand(PCollection<String> bodies) {
    return bodies
        .apply("ReadEvent", ParDo.of(new ReadFn()))
        .setCoder(Tables.STREAMED_EVENTS.coder());
  }

  /** Empty if it is no event with an object. */
  static Optional<StreamedEvent> read(String body) {
    JsonNode event;
    try {
      event = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    JsonNode object = event.path("data").path("object");
    boolean isEvent =
        event.path("object").asText().equals("event")
            && event.path("id").isTextual()
            && event.path("type").isTextual()
            && event.path("created").isIntegralNumber()
            && event.path("created").canConvertToLong()
            && event.path("created").asLong() >= 0
            && event.path("created").asLong() <= LAST_SECOND
            && object.isObject();
    if (!isEvent) {
      return Optional.empty();
    }
    Instant created = Instant.ofEpochSecond(event.path("created").asLong());
    return Optional.of(
        StreamedEvent.builder()
            .setId(event.path("id").asText())
            .setCreated(created)
            .setType(event.path("type").asText())
            .setObjectId(text(object.path("id")))
            .setCustomer(
                object.path("object").asText().equals("customer")
                    ? text(object.path("id"))
                    : text(object.path("customer")))
            .setAccount(text(event.path("account")))
            .setLivemode(event.path("livemode").asBoolean())
            .setPayload(body)
            .setAsOf(LocalDate.ofInstant(created, ZoneOffset.UTC))
            .build());
  }

  /** A customer may be expanded; its id is what is wanted. */
  private static @Nullable String text(JsonNode node) {
    return node.isObject() ? node.path("id").textValue() : node.textValue();
  }

  private static final class ReadFn extends DoFn<String, StreamedEvent> {
    private final Counter unreadable = Metrics.counter(ReadStreamedEvents.class, "unreadable");

    @ProcessElement
    public void read(@Element String body, OutputReceiver<StreamedEvent> output) {
      Optional<StreamedEvent> event = ReadStreamedEvents.read(body);
      if (event.isPresent()) {
        output.output(event.get());
      } else {
        unreadable.inc();
      }
    }
  }
}
