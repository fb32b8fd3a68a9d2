package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * A file that a Cloud Storage subscription of Pub/Sub has written in Avro, with the metadata of
 * messages: each becomes the line that an edge would have written before the body, and the body. It
 * is read whole: a subscription writes some megabytes to a file.
 */
final class PubsubFile {
  private static final String SUFFIX = ".avro";

  /** What the subscription calls what it writes. */
  private static final String BODY = "data";

  private static final String ATTRIBUTES = "attributes";

  static boolean isNamed(String file) {
    return file.endsWith(SUFFIX);
  }

  /**
   * Gives the lines of a file, one after the other.
   *
   * @throws IOException when it is no Avro file, breaks off, or its records have no {@code data}
   */
  static void read(InputStream file, Consumer<String> lines) throws IOException {
    byte[] bytes = file.readAllBytes();
    try (DataFileReader<GenericRecord> messages =
        new DataFileReader<>(new SeekableByteArrayInput(bytes), new GenericDatumReader<>())) {
      if (messages.getSchema().getField(BODY) == null) {
        throw new IOException(
            "records have no field data; is it a file of a Pub/Sub subscription?");
      }
      boolean hasAttributes = messages.getSchema().getField(ATTRIBUTES) != null;
      for (GenericRecord message : messages) {
        if (hasAttributes && message.get(ATTRIBUTES) instanceof Map<?, ?> attributes) {
          lines.accept(line(attributes));
        }
        lines.accept(UTF_8.decode(((ByteBuffer) message.get(BODY)).duplicate()).toString());
      }
      // Avro takes a block that breaks off for the end of the file.
      if (messages.previousSync() != bytes.length) {
        throw new IOException("it breaks off within a block");
      }
    }
  }

  private static String line(Map<?, ?> attributes) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("object", EdgeLines.OBJECT);
    attributes.forEach((name, value) -> line.put(name.toString(), value.toString()));
    return line.toString();
  }

  private PubsubFile() {}
}
