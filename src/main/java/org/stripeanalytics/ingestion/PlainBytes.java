package org.stripeanalytics.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The bytes of a text file, unpacked if they are gzip, without a byte order mark. */
public final class PlainBytes {
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /**
   * Begins to read; closing what is returned closes {@code source}.
   *
   * @throws java.io.EOFException when packed bytes end before their end
   */
  public static InputStream of(InputStream source) throws IOException {
    FileBytes bytes = new FileBytes(source);
    FileBytes text =
        Arrays.equals(bytes.peek(GZIP.length), GZIP)
            ? new FileBytes(new GzipMembers(bytes))
            : bytes;
    if (Arrays.equals(text.peek(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      text.skipNBytes(BYTE_ORDER_MARK.length);
    }
    return text;
  }

  private PlainBytes() {}
}
