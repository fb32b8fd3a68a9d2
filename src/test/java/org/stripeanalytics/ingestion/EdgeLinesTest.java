package org.stripeanalytics.ingestion;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.model.ops.ReceivedDelivery;

class EdgeLinesTest {
  @Test
  void aLineOfTheEdgeSaysWhichEventCameWhen() throws IOException {
    assertThat(
        read(
            """
            {"object": "webhook_delivery", "event_id": "evt_1", "type": "invoice.paid",
             "created": "1767225600", "api_version": "2025-09-30", "account": "acct_1",
             "livemode": "true", "received_at": "2026-01-01T00:00:02.123456789Z"}\
            """),
        is(
            Optional.of(
                ReceivedDelivery.builder()
                    .setEventId("evt_1")
                    .setEventType("invoice.paid")
                    .setCreatedAt(Instant.parse("2026-01-01T00:00:00Z"))
                    .setReceivedAt(Instant.parse("2026-01-01T00:00:02.123456Z"))
                    .setLivemode(true)
                    .setAccount("acct_1")
                    .setReceivedOn(LocalDate.parse("2026-01-01"))
                    .build())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event_id\": \"evt_1\"}",
        "{\"received_at\": \"2026-01-01T00:00:02Z\"}",
        "{\"event_id\": \"evt_1\", \"received_at\": \"yesterday\"}",
        "{\"event_id\": {}, \"received_at\": \"2026-01-01T00:00:02Z\"}",
      })
  void withoutTheEventOrItsTimeThereIsNoDelivery(String line) throws IOException {
    assertThat(read(line), is(Optional.empty()));
  }

  private static Optional<ReceivedDelivery> read(String line) throws IOException {
    return EdgeLines.read((ObjectNode) new ObjectMapper().readTree(line));
  }
}
