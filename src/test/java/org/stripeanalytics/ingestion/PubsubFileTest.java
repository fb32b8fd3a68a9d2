package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.ops.ReceivedDelivery;

/** Files as a Cloud Storage subscription writes them, with metadata. */
class PubsubFileTest {
  private static final Schema MESSAGES =
      SchemaBuilder.record("Message")
          .fields()
          .requiredString("subscription_name")
          .requiredString("message_id")
          .requiredLong("publish_time")
          .name("attributes")
          .type()
          .map()
          .values()
          .stringType()
          .noDefault()
          .requiredBytes("data")
          .endRecord();

  @Test
  void aMessageIsWhatTheEdgeKnewOfItAndTheBodyAsItCame() throws IOException {
    String body = "{\n \"id\": \"evt_1\", \"n\": \"Zoë\"}";

    List<String> lines =
        read(
            file(
                MESSAGES,
                message(Map.of("event_id", "evt_1", "received_at", "2026-01-31T10:15:00Z"), body)));

    ReceivedDelivery delivery =
        EdgeLines.read((ObjectNode) new ObjectMapper().readTree(lines.get(0))).orElseThrow();
    assertThat(delivery.getEventId(), is("evt_1"));
    assertThat(delivery.getReceivedAt(), is(Instant.parse("2026-01-31T10:15:00Z")));
    assertThat(lines.get(1), is(body));
  }

  @Test
  void aFileThatBreaksOffIsNotTakenForAWholeOne() throws IOException {
    byte[] whole = file(MESSAGES, message(Map.of(), "{}"), message(Map.of(), "{}"));
    byte[] half = Arrays.copyOf(whole, whole.length - 20);

    assertThrows(Exception.class, () -> read(half));
  }

  @Test
  void anotherAvroFileIsRefusedByName() {
    Schema other = SchemaBuilder.record("Row").fields().requiredString("id").endRecord();

    IOException refused =
        assertThrows(
            IOException.class,
            () -> read(file(other, new GenericRecordBuilder(other).set("id", "x").build())));

    assertThat(refused.getMessage(), containsString("no field data"));
  }

  private static List<String> read(byte[] file) throws IOException {
    List<String> lines = new ArrayList<>();
    PubsubFile.read(new ByteArrayInputStream(file), lines::add);
    return lines;
  }

  private static GenericRecord message(Map<String, String> attributes, String body) {
    return new GenericRecordBuilder(MESSAGES)
        .set("subscription_name", "projects/p/subscriptions/landing")
        .set("message_id", "1")
        .set("publish_time", 0L)
        .set("attributes", attributes)
        .set("data", ByteBuffer.wrap(body.getBytes(UTF_8)))
        .build();
  }

  private static byte[] file(Schema schema, GenericRecord... records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, bytes);
      for (GenericRecord record : records) {
        writer.append(record);
      }
    }
    return bytes.toByteArray();
  }
}
