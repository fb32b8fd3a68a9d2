package org.stripeanalytics.ingestion;

import com.google.common.collect.ImmutableMap;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipException;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.Violation;

/**
 * A file of JSON objects as they come from Stripe and its tools: one to a line, in an array, in the
 * {@code data} of a list response, pretty-printed or not, one behind the other; plain or gzip, told
 * by its first bytes; with or without a byte-order mark. It is read piece by piece and never held
 * whole. What cannot be read is a piece too, with its fault, and reading goes on behind it.
 */
public final class JsonFile implements Closeable {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};

  /** First bytes of what somebody may well hand in and we do not read. */
  private static final ImmutableMap<String, byte[]> UNSUPPORTED =
      ImmutableMap.of(
          "UTF-16", new byte[] {(byte) 0xFF, (byte) 0xFE},
          "big-endian UTF-16", new byte[] {(byte) 0xFE, (byte) 0xFF},
          "a zip archive", new byte[] {'P', 'K', 3, 4},
          "compressed by zstd", new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD},
          "compressed by bzip2", new byte[] {'B', 'Z', 'h'},
          "a Parquet file", new byte[] {'P', 'A', 'R', '1'});

  private final FileBytes bytes;
  private final JsonScanner scanner;
  private final @Nullable Violation unsupported;
  private long pieces;
  private boolean ended;

  private JsonFile(FileBytes bytes, JsonScanner scanner, @Nullable Violation unsupported) {
    this.bytes = bytes;
    this.scanner = scanner;
    this.unsupported = unsupported;
  }

  /** Begins to read; closing it closes {@code source}. */
  public static JsonFile open(InputStream source) throws IOException {
    FileBytes bytes = new FileBytes(source);
    byte[] first = bytes.peek(GZIP.length);
    FileBytes text = bytes;
    if (Arrays.equals(first, GZIP)) {
      text = new FileBytes(new GzipMembers(bytes));
    }
    Violation unsupported = null;
    try {
      byte[] start = text.peek(4);
      if (startsWith(start, BYTE_ORDER_MARK)) {
        text.skipNBytes(BYTE_ORDER_MARK.length);
      }
      unsupported = unsupported(start);
    } catch (EOFException | ZipException e) {
      // The scanner meets it again and says so.
    }
    return new JsonFile(bytes, new JsonScanner(text), unsupported);
  }

  /** The next piece; null at the end. */
  public @Nullable FilePiece next() throws IOException {
    if (ended) {
      return null;
    }
    if (unsupported != null) {
      ended = true;
      return new FilePiece(1, "", unsupported);
    }
    try {
      FilePiece piece = scanner.next(pieces + 1);
      if (piece != null) {
        pieces++;
        return piece;
      }
      ended = true;
      return pieces > 0 || !scanner.nothingRead()
          ? null
          : new FilePiece(
              1, "", new Violation(RejectionRule.EMPTY_FILE, "the file holds no record"));
    } catch (EOFException | ZipException e) {
      ended = true;
      String how =
          e instanceof EOFException ? "ends before its end" : "is damaged: " + e.getMessage();
      return new FilePiece(
          pieces + 1,
          scanner.unfinished(),
          new Violation(
              RejectionRule.TRUNCATED_FILE,
              "the compressed file " + how + "; the %d records before are kept".formatted(pieces)));
    }
  }

  /** Whether Stripe has more than the last page so far of each list, by its address. */
  Map<String, Boolean> hasMore() {
    return scanner.hasMore();
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  private static @Nullable Violation unsupported(byte[] start) {
    for (Map.Entry<String, byte[]> kind : UNSUPPORTED.entrySet()) {
      if (startsWith(start, kind.getValue())) {
        return new Violation(
            RejectionRule.UNSUPPORTED_ENCODING,
            "the file is " + kind.getKey() + "; allowed are UTF-8 text and gzip of it");
      }
    }
    return null;
  }

  private static boolean startsWith(byte[] start, byte[] mark) {
    return start.length >= mark.length
        && Arrays.equals(start, 0, mark.length, mark, 0, mark.length);
  }
}
