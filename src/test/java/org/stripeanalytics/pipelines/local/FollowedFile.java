package org.stripeanalytics.pipelines.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The lines that are added to a file until the given process ends. */
record FollowedFile(Path file, Process process) {
  private static final int TICK_MILLIS = 50;

  Stream<String> lines() throws IOException {
    BufferedReader reader = Files.newBufferedReader(file);
    var unused = reader.skip(Files.size(file));
    StringBuilder line = new StringBuilder();
    return Stream.generate(() -> next(reader, line))
        .takeWhile(Objects::nonNull)
        .onClose(() -> close(reader));
  }

  /**
   * @param line what has been read of a line that is still being written
   */
  private @Nullable String next(BufferedReader reader, StringBuilder line) {
    try {
      while (true) {
        int read = reader.read();
        if (read == '\n') {
          String whole = line.toString();
          line.setLength(0);
          return whole;
        }
        if (read >= 0) {
          line.append((char) read);
        } else if (process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
          return null;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void close(BufferedReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
