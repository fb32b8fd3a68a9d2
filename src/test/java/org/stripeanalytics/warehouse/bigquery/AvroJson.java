package org.stripeanalytics.warehouse.bigquery;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** Reads Avro files as a load job with {@code useAvroLogicalTypes} does, into lines of JSON. */
final class AvroJson {
  private AvroJson() {}

  static void write(List<Path> avro, Path json) throws IOException {
    try (JsonGenerator lines =
        new JsonFactory().createGenerator(json.toFile(), JsonEncoding.UTF8)) {
      lines.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      for (Path file : avro) {
        try (DataFileReader<GenericRecord> records =
            new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
          for (GenericRecord record : records) {
            write(record, record.getSchema(), lines);
          }
        }
      }
    }
  }

  private static void write(Object value, Schema nullable, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
      return;
    }
    Schema schema = AvroSchemas.present(nullable);
    switch (schema.getType()) {
      case RECORD -> {
        json.writeStartObject();
        for (Schema.Field field : schema.getFields()) {
          json.writeFieldName(field.name());
          write(((GenericRecord) value).get(field.pos()), field.schema(), json);
        }
        json.writeEndObject();
      }
      case ARRAY -> {
        json.writeStartArray();
        for (Object item : (List<?>) value) {
          write(item, schema.getElementType(), json);
        }
        json.writeEndArray();
      }
      case BYTES -> json.writeString(numeric((ByteBuffer) value, schema).toPlainString());
      case INT -> json.writeString(LocalDate.ofEpochDay((Integer) value).toString());
      case LONG -> {
        if (schema.getLogicalType() == null) {
          json.writeNumber((Long) value);
        } else {
          json.writeString(timestamp((Long) value));
        }
      }
      case BOOLEAN -> json.writeBoolean((Boolean) value);
      default -> json.writeString(value.toString());
    }
  }

  private static String timestamp(long micros) {
    Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString().replace('T', ' ');
  }

  private static BigDecimal numeric(ByteBuffer unscaled, Schema schema) {
    byte[] bytes = new byte[unscaled.remaining()];
    unscaled.duplicate().get(bytes);
    LogicalTypes.Decimal decimal = (LogicalTypes.Decimal) schema.getLogicalType();
    return new BigDecimal(new BigInteger(bytes), decimal.getScale());
  }
}
