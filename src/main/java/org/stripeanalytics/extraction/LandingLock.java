package org.stripeanalytics.extraction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second extraction out of a landing; a process that dies lets go of it. */
final class LandingLock implements AutoCloseable {
  private final FileChannel file;

  private LandingLock(FileChannel file) {
    this.file = file;
  }

  /**
   * @throws ExtractionException when another extraction has it
   */
  static LandingLock take(Path landing) {
    try {
      Files.createDirectories(landing);
      FileChannel file =
          FileChannel.open(
              landing.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(file);
      if (lock == null) {
        file.close();
        throw new ExtractionException(
            "another extraction writes to " + landing + "; wait for it, or give another --output");
      }
      return new LandingLock(file);
    } catch (IOException e) {
      throw new ExtractionException(
          "--output=%s cannot be written to: %s".formatted(landing, e.getMessage()));
    }
  }

  private static FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
      return null;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
