package org.stripeanalytics.warehouse.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The file {@code <warehouse>.lock}, on which the commands of this machine agree who may do what
 * with a warehouse. The operating system releases a lock when its process ends, however it ends; a
 * file that a killed process has left is used again, and removed by the last that lets go.
 *
 * <p>A process opens the file once and keeps it open while it holds any part of it, because POSIX
 * releases all locks of a process on a file as soon as it closes any descriptor of that file.
 */
final class LockFile {
  /** What can be held; one part does not affect the other. */
  enum Part {
    /** Exclusively by the command that changes the warehouse, shared by those that read it. */
    RUN,
    /** Exclusively while the bytes of the file may change, shared while they are copied. */
    BYTES;

    /** Far beyond what the file holds, so that it can be read where a lock forbids reading. */
    private long position() {
      return FIRST_POSITION + ordinal();
    }
  }

  /** Lets go when it is closed. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  private static final class Held {
    private final FileLock lock;
    private int holds = 1;

    private Held(FileLock lock) {
      this.lock = lock;
    }
  }

  private static final long FIRST_POSITION = Long.MAX_VALUE / 2;
  private static final int HOLDER_BYTES = 20;

  /** Those of which this process holds a part. */
  private static final Map<Path, LockFile> OPEN = new HashMap<>();

  private final Path path;
  private final FileChannel channel;
  private final boolean writable;
  private final Map<Part, Held> held = new EnumMap<>(Part.class);

  private LockFile(Path path, FileChannel channel, boolean writable) {
    this.path = path;
    this.channel = channel;
    this.writable = writable;
  }

  /**
   * Takes a part for this process; nothing if another has it, or this one in the other way. Shared
   * holds add up, and so do exclusive ones of {@link Part#BYTES}, because the threads of a process
   * share one database. {@link Part#RUN} is held exclusively once.
   *
   * @throws IOException when there can be no lock file
   */
  static Optional<Hold> tryHold(Path warehouse, Part part, boolean shared) throws IOException {
    Path path = beside(warehouse);
    synchronized (OPEN) {
      while (true) {
        @Nullable LockFile open = OPEN.get(path);
        if (open != null) {
          return open.take(part, shared) ? Optional.of(open.hold(part)) : Optional.empty();
        }
        @Nullable Object expected = identity(path);
        LockFile file = open(path);
        boolean taken = false;
        try {
          taken = file.take(part, shared);
          if (!taken) {
            return Optional.empty();
          }
          // Otherwise its last holder has removed it since, and others may use another by now.
          taken = expected != null && expected.equals(identity(path));
          if (taken) {
            OPEN.put(path, file);
            return Optional.of(file.hold(part));
          }
        } finally {
          if (!taken) {
            file.channel.close();
          }
        }
      }
    }
  }

  /**
   * Takes the part {@link Part#BYTES}, and waits for it.
   *
   * @return nothing if others had it all this time
   * @throws IOException when there can be no lock file
   */
  static Optional<Hold> holdBytes(Path warehouse, boolean shared, Duration patience)
      throws IOException {
    try {
      return Patience.within(
          patience,
          () -> {
            try {
              return tryHold(warehouse, Part.BYTES, shared);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The number of the process that holds {@link Part#RUN} exclusively, if it can be read. */
  static Optional<String> holder(Path warehouse) throws IOException {
    Path path = beside(warehouse);
    synchronized (OPEN) {
      @Nullable LockFile open = OPEN.get(path);
      if (open != null) {
        return open.holder();
      }
      try (FileChannel other = FileChannel.open(path, StandardOpenOption.READ)) {
        return new LockFile(path, other, /* writable= */ false).holder();
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
  }

  static Path beside(Path warehouse) {
    return Path.of(warehouse.toAbsolutePath().normalize() + ".lock");
  }

  private static LockFile open(Path path) throws IOException {
    try {
      return new LockFile(
          path,
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
          /* writable= */ true);
    } catch (AccessDeniedException e) {
      // To share the lock on a file of another user it is enough to read it.
      return new LockFile(
          path, FileChannel.open(path, StandardOpenOption.READ), /* writable= */ false);
    }
  }

  /** What tells a file from another of its name, where the platform can; null if there is none. */
  private static @Nullable Object identity(Path path) throws IOException {
    try {
      @Nullable Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return key == null ? path : key;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private boolean take(Part part, boolean shared) throws IOException {
    @Nullable Held before = held.get(part);
    if (before != null) {
      boolean adds = before.lock.isShared() == shared && (shared || part == Part.BYTES);
      before.holds += adds ? 1 : 0;
      return adds;
    }
    @Nullable FileLock lock =
        writable || shared ? channel.tryLock(part.position(), 1, shared) : null;
    if (lock == null) {
      return false;
    }
    held.put(part, new Held(lock));
    if (part == Part.RUN && !shared) {
      writeHolder();
    }
    return true;
  }

  private Hold hold(Part part) {
    return () -> release(part);
  }

  private void release(Part part) {
    synchronized (OPEN) {
      Held mine = Objects.requireNonNull(held.get(part));
      if (--mine.holds > 0) {
        return;
      }
      held.remove(part);
      try {
        mine.lock.release();
        if (held.isEmpty()) {
          OPEN.remove(path);
          removeIfLast();
          channel.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot release " + path, e);
      }
    }
  }

  /** Whoever has all parts knows that nobody else has any. */
  private void removeIfLast() throws IOException {
    if (writable
        && channel.tryLock(FIRST_POSITION, Part.values().length, /* shared= */ false) != null) {
      Files.deleteIfExists(path);
    }
  }

  private void writeHolder() throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)), 0);
  }

  private Optional<String> holder() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HOLDER_BYTES);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), UTF_8);
    return text.matches("[0-9]+") ? Optional.of(text) : Optional.empty();
  }
}
