package org.stripeanalytics.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A file on its way into the landing. It is written page by page; a process that ends within a page
 * leaves half a line, which is cut off when the file is gone on with.
 */
final class LandingFile implements Closeable {
  private static final int TAIL_BYTES = 1 << 22;

  private final Path unfinished;
  private final Path target;
  private @Nullable FileChannel channel;
  private @Nullable String lastId;

  private LandingFile(Path unfinished, Path target) {
    this.unfinished = unfinished;
    this.target = target;
  }

  /**
   * @param type of the objects that the file is about; others may stand before them
   */
  static LandingFile open(Path unfinished, Path target, String type) throws IOException {
    LandingFile file = new LandingFile(unfinished, target);
    if (Files.exists(unfinished)) {
      file.lastId = cutBehindLast(type, unfinished);
      if (file.lastId == null) {
        Files.delete(unfinished);
      }
    }
    return file;
  }

  /** The id on its last line; null if it has none yet. */
  @Nullable String lastId() {
    return lastId;
  }

  /** Appends lines, all or, if the process ends, as many as there is room for. */
  void append(List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    try {
      if (channel == null) {
        channel =
            FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
      }
      ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + unfinished, e);
    }
  }

  /** Forgets what was written and begins anew. */
  void restart() {
    try {
      close();
      Files.deleteIfExists(unfinished);
      lastId = null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot begin " + unfinished + " anew", e);
    }
  }

  /**
   * Gives the file its name in the landing. An empty one is none.
   *
   * @param name in the same folder, because the window may have turned out smaller
   */
  void land(String name) {
    try {
      if (channel == null && !Files.exists(unfinished)) {
        return;
      }
      try (FileChannel written =
          channel == null ? FileChannel.open(unfinished, StandardOpenOption.WRITE) : channel) {
        written.force(true);
      }
      channel = null;
      Files.move(
          unfinished,
          target.resolveSibling(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  /** Cuts off what follows the last object of a type, and returns its id. */
  private static @Nullable String cutBehindLast(String type, Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      long length = file.length();
      byte[] tail = new byte[(int) Math.min(TAIL_BYTES, length)];
      file.seek(length - tail.length);
      file.readFully(tail);
      int end = lineBreakBefore(tail, tail.length);
      while (end >= 0) {
        int start = lineBreakBefore(tail, end);
        String id = idOf(type, new String(tail, start + 1, end - start - 1, UTF_8));
        if (id != null) {
          file.setLength(length - tail.length + end + 1);
          return id;
        }
        end = start;
      }
      return null;
    }
  }

  /** The index of the last line break before another index; -1 if there is none. */
  private static int lineBreakBefore(byte[] bytes, int index) {
    int at = index - 1;
    while (at >= 0 && bytes[at] != '\n') {
      at--;
    }
    return at;
  }

  private static @Nullable String idOf(String type, String line) {
    String id = null;
    String object = null;
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("id")) {
          id = parser.getText();
        } else if (name.equals("object")) {
          object = parser.getText();
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      // Half a line, or what a failing disk has left: not an object.
      return null;
    }
    return type.equals(object) ? id : null;
  }
}
