package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Changes to files that survive a power cut, in the order in which they were made. */
public final class DurableFiles {
  private DurableFiles() {}

  /** Puts a file in the place of another in one step: whenever the power fails, one is there. */
  public static void rename(Path from, Path to) throws IOException {
    force(from);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory(to);
  }

  /** Removes a file, if it is there. */
  public static void delete(Path path) throws IOException {
    if (Files.deleteIfExists(path)) {
      forceDirectory(path);
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      file.force(true);
    }
  }

  private static void forceDirectory(Path child) throws IOException {
    try (FileChannel directory =
        FileChannel.open(child.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (AccessDeniedException e) {
      // Windows opens no directory, and writes its changes by itself.
      return;
    }
  }
}
