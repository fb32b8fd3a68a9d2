package org.stripeanalytics.webhooks;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Files of a landing that are there whole or not at all. Each is written in {@code .receiving},
 * forced to the disk and then renamed. Held by one process at a time; not thread-safe.
 */
final class LandingFiles implements Closeable {
  private static final String RECEIVING = ".receiving";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Path landing;
  private final FileChannel lock;
  private final String session;
  private long written;

  private LandingFiles(Path landing, FileChannel lock, Instant begun) {
    this.landing = landing;
    this.lock = lock;
    this.session = Long.toString(begun.getEpochSecond(), Character.MAX_RADIX);
  }

  /**
   * @throws IOException when the landing cannot be written to or another process holds it
   */
  static LandingFiles open(Path landing, Clock clock) throws IOException {
    if (Files.exists(landing) && !Files.isDirectory(landing)) {
      throw new IOException("it is not a directory");
    }
    Path receiving = landing.resolve(RECEIVING);
    try {
      Files.createDirectories(receiving);
    } catch (AccessDeniedException e) {
      throw new IOException("this user may not write there", e);
    }
    FileChannel lock =
        FileChannel.open(
            receiving.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(lock) == null) {
      lock.close();
      throw new IOException("another process writes webhooks there");
    }
    clear(receiving);
    return new LandingFiles(landing, lock, clock.instant());
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
      return null;
    }
  }

  /** Removes what a process that was killed had begun; nobody was promised any of it. */
  private static void clear(Path receiving) throws IOException {
    try (Stream<Path> files = Files.list(receiving)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".part")).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * Writes a file for good.
   *
   * @param receivedAt says the day that it is filed under and stands in its name
   * @throws IOException when there is no such file afterwards
   */
  void write(Instant receivedAt, byte[] content) throws IOException {
    Path day = landing.resolve(LocalDate.ofInstant(receivedAt, ZoneOffset.UTC).toString());
    if (Files.notExists(day)) {
      Files.createDirectories(day);
      forceDirectory(landing);
    }
    Path file = unused(day, receivedAt);
    Path part = landing.resolve(RECEIVING).resolve(file.getFileName() + ".part");
    try {
      writeForced(part, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      removeQuietly(part, e);
      throw e;
    }
    forceDirectory(day);
  }

  /** Times repeat when a clock is set back, and a file must never take the place of another. */
  private Path unused(Path day, Instant receivedAt) {
    String time = TIME.format(receivedAt);
    Path file;
    do {
      file = day.resolve("webhooks-%s-%s-%d.ndjson".formatted(time, session, written++));
    } while (Files.exists(file));
    return file;
  }

  private static void writeForced(Path path, byte[] content) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
  }

  private static void removeQuietly(Path part, IOException reason) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static void forceDirectory(Path directory) throws IOException {
    try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
      opened.force(true);
    } catch (AccessDeniedException e) {
      // Windows opens no directory, and writes its changes by itself.
      return;
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
