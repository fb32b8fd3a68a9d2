package org.stripeanalytics.ingestion;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The plain bytes of a gzip file of one or more members. The JDK's reader takes anything that is no
 * header for the end of the file, so that a second member with a damaged header disappears together
 * with all its records; this one does not. Zeros at the end are padding, as tools write it.
 */
final class GzipMembers extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MAGIC_1 = 0x1F;
  private static final int MAGIC_2 = 0x8B;
  private static final int DEFLATE = 8;
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int TIME_AND_SYSTEM_BYTES = 6;

  private final InputStream compressed;
  private final Inflater inflater = new Inflater(/* nowrap= */ true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private boolean inMember;
  private boolean ended;
  private boolean first = true;

  /** Reads nothing yet, so that a header that is too short is met by the first read. */
  GzipMembers(InputStream compressed) {
    this.compressed = compressed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /**
   * @throws EOFException when the file ends inside a member
   * @throws ZipException when a member is damaged
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (!ended && length > 0) {
      if (!inMember && !readHeader()) {
        ended = true;
        break;
      }
      int count = inflate(bytes, offset, length);
      if (count > 0) {
        checksum.update(bytes, offset, count);
        return count;
      }
      if (inflater.finished()) {
        readTrailer();
      }
    }
    return length == 0 ? 0 : -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    compressed.close();
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    if (inflater.needsInput()) {
      if (position == limit) {
        fill();
      }
      inflater.setInput(buffer, position, limit - position);
      position = limit;
    }
    try {
      int count = inflater.inflate(bytes, offset, length);
      if (inflater.needsDictionary()) {
        throw new ZipException("a dictionary is needed");
      }
      return count;
    } catch (DataFormatException e) {
      throw new ZipException(e.getMessage());
    }
  }

  /** Reads the header of the next member; false at the end of the file. */
  private boolean readHeader() throws IOException {
    int magic = first ? next() : nextAfterPadding();
    if (magic < 0) {
      return false;
    }
    if (magic != MAGIC_1 || next() != MAGIC_2 || next() != DEFLATE) {
      throw new ZipException("what follows its compressed part is not gzip");
    }
    int flags = next();
    skip(TIME_AND_SYSTEM_BYTES);
    if ((flags & HAS_EXTRA) != 0) {
      skip(nextTwo());
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    checksum.reset();
    inMember = true;
    first = false;
    return true;
  }

  private void readTrailer() throws IOException {
    position = limit - inflater.getRemaining();
    long expected = nextTwo() | (long) nextTwo() << 16;
    long size = nextTwo() | (long) nextTwo() << 16;
    if (expected != checksum.getValue() || size != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
      throw new ZipException("its checksum does not match");
    }
    inMember = false;
  }

  private int nextAfterPadding() throws IOException {
    while (true) {
      if (position == limit) {
        limit = Math.max(0, compressed.read(buffer, 0, buffer.length));
        position = 0;
        if (limit == 0) {
          return -1;
        }
      }
      int next = next();
      if (next != 0) {
        return next;
      }
    }
  }

  private int next() throws IOException {
    if (position == limit) {
      fill();
    }
    return buffer[position++] & 0xFF;
  }

  private int nextTwo() throws IOException {
    int low = next();
    return low | next() << 8;
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // Up to the zero that ends it.
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void fill() throws IOException {
    int read = compressed.read(buffer, 0, buffer.length);
    if (read <= 0) {
      throw new EOFException("the file ends inside a compressed part");
    }
    position = 0;
    limit = read;
  }
}
