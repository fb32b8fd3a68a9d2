package org.stripeanalytics.synthesis;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** How files of JSON objects are written: one object per line. */
public enum ObjectFormat {
  NDJSON("ndjson") {
    @Override
    OutputStream over(OutputStream file) {
      return file;
    }
  },
  NDJSON_GZ("ndjson.gz") {
    @Override
    OutputStream over(OutputStream file) throws IOException {
      return new FastGzip(file);
    }
  };

  private final String id;

  ObjectFormat(String id) {
    this.id = id;
  }

  /** Its name on the command line, and the end of its files' names. */
  public String id() {
    return id;
  }

  public static Optional<ObjectFormat> byId(String id) {
    return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
  }

  abstract OutputStream over(OutputStream file) throws IOException;

  /** Gzip at its fastest level, at which JSON already shrinks to a tenth. */
  private static final class FastGzip extends GZIPOutputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    FastGzip(OutputStream file) throws IOException {
      super(file, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
