package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The bytes of one piece of a file, up to a limit behind which they are left out. */
final class PieceText {
  private final int limit;
  private byte[] bytes = new byte[4096];
  private int length;
  private boolean cut;

  PieceText(int limit) {
    this.limit = limit;
  }

  void clear() {
    length = 0;
    cut = false;
  }

  void add(int value) {
    if (length == limit) {
      cut = true;
      return;
    }
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(limit, 2 * length));
    }
    bytes[length++] = (byte) value;
  }

  int length() {
    return length;
  }

  /** The byte added last. */
  int last() {
    return bytes[length - 1];
  }

  /** Whether anything that follows is left out. */
  boolean isFull() {
    return length == limit;
  }

  /** Whether anything has been left out. */
  boolean isCut() {
    return cut;
  }

  /** Whether the text from {@code start} on is this ASCII text. */
  boolean matches(int start, String ascii) {
    if (length - start != ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[start + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean isBlankFrom(int start) {
    for (int i = start; i < length; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r' && bytes[i] != '\n') {
        return false;
      }
    }
    return true;
  }

  /** The text; null if it is no UTF-8. */
  @Nullable String decoded() {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** The text without the space around it, with U+FFFD for bytes that are no UTF-8. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, UTF_8).strip();
  }
}
