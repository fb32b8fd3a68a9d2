package org.stripeanalytics.warehouse.postgresql;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyIn;

/** Bytes on their way to the server, numbers in its order, the greatest byte first. */
final class CopyBuffer {
  private static final int MESSAGE_BYTES = 1 << 16;

  private ByteBuffer bytes = ByteBuffer.allocate(1 << 12);

  void putByte(int value) {
    room(Byte.BYTES).put((byte) value);
  }

  void putShort(int value) {
    room(Short.BYTES).putShort((short) value);
  }

  void putInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  void putLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  void putBytes(byte[] values) {
    room(values.length).put(values);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes.array(), size());
  }

  int size() {
    return bytes.position();
  }

  void clear() {
    bytes.clear();
  }

  private ByteBuffer room(int needed) {
    if (bytes.remaining() < needed) {
      int size = Math.addExact(bytes.position(), needed);
      bytes =
          ByteBuffer.wrap(Arrays.copyOf(bytes.array(), Math.max(size, 2 * bytes.capacity())))
              .position(bytes.position());
    }
    return bytes;
  }

  /**
   * Sends all in messages of a length for which the server keeps its memory: of a greater one it
   * gives the memory back each time.
   */
  void sendTo(CopyIn copy) throws SQLException {
    for (int from = 0; from < size(); from += MESSAGE_BYTES) {
      copy.writeToCopy(bytes.array(), from, Math.min(MESSAGE_BYTES, size() - from));
    }
  }
}
