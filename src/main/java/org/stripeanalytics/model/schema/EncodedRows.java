package org.stripeanalytics.model.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A list of rows that came as bytes and is read when somebody first looks into it. An element with
 * many such lists goes to many steps, each of which looks into one or two; what a step only passes
 * on it passes on as bytes.
 */
final class EncodedRows extends AbstractList<Object> {
  private static final int BUFFER_BYTES = 512;

  private final byte[] bytes;
  private final RowBytes.Value format;

  /** Read at most once by each thread that looks: whichever result stands is the same. */
  private @Nullable List<?> rows;

  private EncodedRows(byte[] bytes, RowBytes.Value format) {
    this.bytes = bytes;
    this.format = format;
  }

  /** A list as a field that can be skipped: its length in bytes, then the bytes. */
  record Field(RowBytes.Value format) implements RowBytes.Value {
    @Override
    public void write(Object value, Encoder out) throws IOException {
      out.writeBytes(
          value instanceof EncodedRows encoded && encoded.format.equals(format)
              ? encoded.bytes
              : bytesOf(value));
    }

    private byte[] bytesOf(Object rows) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER_BYTES);
      BinaryEncoder out =
          new EncoderFactory().configureBufferSize(BUFFER_BYTES).binaryEncoder(bytes, null);
      format.write(rows, out);
      out.flush();
      return bytes.toByteArray();
    }

    @Override
    public Object read(Decoder in) throws IOException {
      return new EncodedRows(RowBytes.bytes(in), format);
    }
  }

  private List<?> rows() {
    List<?> read = rows;
    if (read == null) {
      try {
        read = (List<?>) format.read(DecoderFactory.get().binaryDecoder(bytes, null));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      rows = read;
    }
    return read;
  }

  @Override
  public Object get(int index) {
    return rows().get(index);
  }

  @Override
  public int size() {
    return rows().size();
  }
}
