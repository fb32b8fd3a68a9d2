package org.stripeanalytics.warehouse.postgresql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.postgresql.util.ByteStreamWriter;

/** Bytes on their way to the server, numbers in its order, the greatest byte first. */
final class CopyBuffer implements ByteStreamWriter {
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

  @Override
  public int getLength() {
    return size();
  }

  @Override
  public void writeTo(ByteStreamTarget target) throws IOException {
    target.getOutputStream().write(bytes.array(), 0, size());
  }
}
