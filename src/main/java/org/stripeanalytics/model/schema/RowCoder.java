package org.stripeanalytics.model.schema;

import com.google.common.io.ByteStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.util.VarInt;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How the rows of one class travel between steps: a length, then {@link RowBytes}. Row classes name
 * it in {@code @DefaultCoder}, so that Beam finds it wherever it asks for the coder of one.
 *
 * <p>It stands in the place of Beam's coder for schemas, which makes a {@code Row} of every element
 * and looks every value up in it: on the folded customers, by far the largest elements, that took
 * more than half of a whole run.
 */
public final class RowCoder<T> extends CustomCoder<T> {
  /** Coders are shared between threads, and their buffers are worth keeping. */
  private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

  private final Class<T> rowClass;
  private transient @Nullable RowBytes<T> format;

  private RowCoder(Class<T> rowClass) {
    this.rowClass = rowClass;
  }

  /**
   * @param rowClass of {@link RowSchema}
   */
  public static <T> RowCoder<T> of(Class<T> rowClass) {
    return new RowCoder<>(rowClass);
  }

  /** Where {@code @DefaultCoder} has Beam ask. */
  public static CoderProvider getCoderProvider() {
    return new CoderProvider() {
      @Override
      @SuppressWarnings("unchecked")
      public <R> Coder<R> coderFor(TypeDescriptor<R> type, List<? extends Coder<?>> components) {
        return RowCoder.of((Class<R>) type.getRawType());
      }
    };
  }

  @Override
  public void encode(T row, OutputStream out) throws IOException {
    Buffers buffers = BUFFERS.get();
    // Embedded Flink encodes a row anew for each of the steps that it goes to, one after the other.
    // Rows never change, so the bytes of the last one are good for it as long as they stand.
    if (buffers.written != row) {
      buffers.written = null;
      buffers.bytes.reset();
      buffers.encoder = EncoderFactory.get().binaryEncoder(buffers.bytes, buffers.encoder);
      format().write(row, buffers.encoder);
      buffers.encoder.flush();
      buffers.written = row;
    }
    VarInt.encode(buffers.bytes.size(), out);
    buffers.bytes.writeTo(out);
  }

  @Override
  public T decode(InputStream in) throws IOException {
    byte[] bytes = new byte[VarInt.decodeInt(in)];
    ByteStreams.readFully(in, bytes);
    Buffers buffers = BUFFERS.get();
    buffers.decoder = DecoderFactory.get().binaryDecoder(bytes, buffers.decoder);
    return format().read(buffers.decoder);
  }

  private RowBytes<T> format() {
    if (format == null) {
      format = RowBytes.of(rowClass);
    }
    return format;
  }

  @Override
  public void verifyDeterministic() {
    // Equal rows are written alike: field by field, in the order of the schema.
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  @Override
  public TypeDescriptor<T> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(rowClass);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowCoder<?> coder && coder.rowClass.equals(rowClass);
  }

  @Override
  public int hashCode() {
    return rowClass.hashCode();
  }

  @Override
  public String toString() {
    return "RowCoder(" + rowClass.getSimpleName() + ")";
  }

  private static final class Buffers {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The row whose bytes these are. */
    private @Nullable Object written;

    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;
  }
}
