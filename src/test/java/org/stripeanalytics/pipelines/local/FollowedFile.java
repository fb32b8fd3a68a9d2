package org.stripeanalytics.pipelines.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The lines that a file gets from now on, as long as a process lives that others wait for. */
record FollowedFile(Path file, Process process) {
  private static final int TICK_MILLIS = 50;

  Stream<String> lines() throws IOException {
    BufferedReader reader = Files.newBufferedReader(file);
    var unused = reader.skip(Files.size(file));
    return Stream.generate(() -> next(reader)).takeWhile(line -> line != null);
  }

  private String next(BufferedReader reader) {
    try {
      String line = reader.readLine();
      // The process is what there is to wait for, in short steps.
      while (line == null && !process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
        line = reader.readLine();
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
