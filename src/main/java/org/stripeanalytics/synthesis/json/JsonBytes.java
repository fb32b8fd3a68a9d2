package org.stripeanalytics.synthesis.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A growing buffer of JSON text in UTF-8. */
public final class JsonBytes {
  private static final byte[] NULL = "null".getBytes(UTF_8);
  private static final byte[] TRUE = "true".getBytes(UTF_8);
  private static final byte[] FALSE = "false".getBytes(UTF_8);
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(UTF_8);
  private static final int FIRST_SIZE = 1 << 13;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int size;

  public void clear() {
    size = 0;
  }

  public int size() {
    return size;
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  public JsonBytes copy() {
    return firstPart(1);
  }

  /** A copy that breaks off within the text, by a part of its length from 0 to 1. */
  public JsonBytes firstPart(double part) {
    JsonBytes first = new JsonBytes();
    return first.raw(bytes, 0, 1 + (int) (part * (size - 1)));
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, UTF_8);
  }

  public JsonBytes raw(char ascii) {
    ensure(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  JsonBytes raw(byte[] json) {
    return raw(json, 0, json.length);
  }

  JsonBytes raw(byte[] json, int from, int to) {
    ensure(to - from);
    System.arraycopy(json, from, bytes, size, to - from);
    size += to - from;
    return this;
  }

  /** Text that is JSON already. */
  public JsonBytes raw(String json) {
    return raw(json.getBytes(UTF_8));
  }

  JsonBytes nothing() {
    return raw(NULL);
  }

  JsonBytes bool(boolean value) {
    return raw(value ? TRUE : FALSE);
  }

  JsonBytes number(long value) {
    return raw(Long.toString(value));
  }

  /** Quoted; only what has to be escaped is. */
  JsonBytes string(String text) {
    ensure(text.length() + 2);
    bytes[size++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return rest(text, i);
      }
      if (c < 0x20 || c == '"' || c == '\\') {
        escape(c, text.length() - i);
      } else {
        bytes[size++] = (byte) c;
      }
    }
    return raw('"');
  }

  private JsonBytes rest(String text, int from) {
    byte[] utf8 = text.substring(from).getBytes(UTF_8);
    ensure(utf8.length + 1);
    for (int i = 0; i < utf8.length; i++) {
      byte b = utf8[i];
      if (b >= 0 && (b < 0x20 || b == '"' || b == '\\')) {
        escape((char) b, utf8.length - i);
      } else {
        bytes[size++] = b;
      }
    }
    return raw('"');
  }

  private void escape(char c, int left) {
    ensure(left + 6);
    bytes[size++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[size++] = (byte) c;
      case '\n' -> bytes[size++] = 'n';
      case '\r' -> bytes[size++] = 'r';
      case '\t' -> bytes[size++] = 't';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 15];
      }
    }
    ensure(left + 1);
  }

  /** Whether nothing stands behind the bracket that was opened last. */
  boolean isFresh() {
    return bytes[size - 1] == '{' || bytes[size - 1] == '[';
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
