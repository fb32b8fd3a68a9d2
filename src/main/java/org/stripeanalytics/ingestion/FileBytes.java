package org.stripeanalytics.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a file, buffered, with a look at the first ones. Unlike the JDK's own buffers it
 * answers {@link #available} with what a read would bring, not with what lies at hand: gunzip asks
 * it whether another compressed member follows, and would take a no from a network for the end.
 */
final class FileBytes extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream source;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;

  FileBytes(InputStream source) {
    this.source = source;
  }

  /** The first bytes, at most {@code count} of them, which stay to be read. */
  byte[] peek(int count) throws IOException {
    while (limit < count) {
      int read = source.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        break;
      }
      limit += read;
    }
    return Arrays.copyOfRange(buffer, 0, Math.min(count, limit));
  }

  @Override
  public int read() throws IOException {
    return available() == 0 ? -1 : buffer[position++] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, available());
    if (count == 0) {
      return -1;
    }
    System.arraycopy(buffer, position, bytes, offset, count);
    position += count;
    return count;
  }

  /** How many bytes can be had at once; none only at the end. */
  @Override
  public int available() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, source.read(buffer, 0, buffer.length));
    }
    return limit - position;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
