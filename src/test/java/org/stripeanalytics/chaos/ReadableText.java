package org.stripeanalytics.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What can be read of a gzip file that ends early, found without the reader that is tried. */
final class ReadableText {
  private static final int HEADER_BYTES = 10;

  static String of(byte[] gzip) {
    Inflater inflater = new Inflater(/* nowrap= */ true);
    inflater.setInput(Arrays.copyOfRange(gzip, HEADER_BYTES, gzip.length));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] block = new byte[4096];
    try {
      for (int read = inflater.inflate(block); read > 0; read = inflater.inflate(block)) {
        text.write(block, 0, read);
      }
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("only its end was cut off", e);
    } finally {
      inflater.end();
    }
    return text.toString(UTF_8);
  }

  private ReadableText() {}
}
