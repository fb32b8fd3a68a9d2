package org.stripeanalytics.warehouse.duckdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Utf8;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes JSON in UTF-8 to a stream, a buffer at a time. It checks no syntax and knows only what
 * rows need: most of what is staged are texts with a quote every few characters, and a general
 * generator takes three times as long to escape them.
 */
final class JsonLines implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Sign and digits of a long, and then some. */
  private static final int MOST_SHORT_BYTES = 32;

  /** A control character becomes a backslash, a u and four digits. */
  private static final int MOST_BYTES_PER_BYTE = 6;

  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(US_ASCII);

  /** What Java puts in the place of half a surrogate pair. */
  private static final byte REPLACEMENT = '?';

  /**
   * What follows a backslash, by byte; 'u' for a control character without a letter of its own, 0
   * for what stands for itself.
   */
  private static final byte[] ESCAPES = escapes();

  private final OutputStream out;
  private final byte[] bytes = new byte[BUFFER_BYTES];
  private int size;

  JsonLines(OutputStream out) {
    this.out = out;
  }

  void raw(char ascii) throws IOException {
    ensure(1);
    bytes[size++] = (byte) ascii;
  }

  /** Text that is JSON already. */
  void raw(byte[] json) throws IOException {
    ensure(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
  }

  void number(long value) throws IOException {
    ensure(MOST_SHORT_BYTES);
    if (value < 0) {
      if (value == Long.MIN_VALUE) {
        raw(Long.toString(value).getBytes(US_ASCII));
        return;
      }
      bytes[size++] = '-';
      value = -value;
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    size += digits;
    for (int at = size - 1; digits > 0; digits--, at--) {
      bytes[at] = (byte) ('0' + value % 10);
      value /= 10;
    }
  }

  void bool(boolean value) throws IOException {
    raw(value ? TRUE : FALSE);
  }

  /**
   * Quoted; only what has to be escaped is.
   *
   * @throws IllegalArgumentException for half a surrogate pair, which UTF-8 cannot hold
   */
  void string(String text) throws IOException {
    byte[] utf8 = text.getBytes(UTF_8);
    raw('"');
    int from = 0;
    int replacements = 0;
    while (from < utf8.length) {
      ensure(MOST_BYTES_PER_BYTE);
      int to = Math.min(utf8.length, from + (bytes.length - size) / MOST_BYTES_PER_BYTE);
      replacements += escaped(utf8, from, to);
      from = to;
    }
    raw('"');
    if (replacements > 0 && replacements != questionMarks(text)) {
      // It throws, and says where the text is broken.
      int unused = Utf8.encodedLength(text);
    }
  }

  /**
   * There must be room for all of it to be escaped.
   *
   * @return how many bytes may be replacements
   */
  private int escaped(byte[] utf8, int from, int to) {
    byte[] target = bytes;
    int at = size;
    int replacements = 0;
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      byte escape = ESCAPES[b & 0xff];
      if (escape == 0) {
        target[at++] = b;
      } else if (escape == REPLACEMENT) {
        target[at++] = b;
        replacements++;
      } else {
        target[at++] = '\\';
        target[at++] = escape;
        if (escape == 'u') {
          target[at++] = '0';
          target[at++] = '0';
          target[at++] = HEX[b >> 4];
          target[at++] = HEX[b & 15];
        }
      }
    }
    size = at;
    return replacements;
  }

  /** Of a text that is whole, no byte is a replacement: each is a question mark of its own. */
  private static int questionMarks(String text) {
    int count = 0;
    for (int at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, at + 1)) {
      count++;
    }
    return count;
  }

  private void ensure(int more) throws IOException {
    if (size + more > bytes.length) {
      out.write(bytes, 0, size);
      size = 0;
    }
  }

  @Override
  public void close() throws IOException {
    try (out) {
      out.write(bytes, 0, size);
    }
  }

  private static byte[] escapes() {
    byte[] escapes = new byte[1 << Byte.SIZE];
    for (int control = 0; control < ' '; control++) {
      escapes[control] = 'u';
    }
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    escapes['\n'] = 'n';
    escapes['\r'] = 'r';
    escapes['\t'] = 't';
    escapes[REPLACEMENT] = REPLACEMENT;
    return escapes;
  }
}
