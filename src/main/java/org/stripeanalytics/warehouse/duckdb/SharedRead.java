package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.WarehouseInUseException;

/**
 * How a process that only reads finds a warehouse that others may be changing. While no command
 * changes it, the file itself is read, and a command that wants to begin waits. While one does, the
 * reader takes a copy of what is committed, so that neither notices the other: DuckDB does not open
 * a file for writing while another process reads it.
 *
 * <p>A copy is whole because no byte of committed data changes while it is made: what a transaction
 * writes before its commit goes where nothing committed is, and commits and checkpoints wait for
 * the copy ({@link LockFile.Part#BYTES}).
 */
final class SharedRead {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path warehouse;
  private LockFile.@Nullable Hold hold;
  private @Nullable ProcessFolder copy;
  private int readers;

  SharedRead(Path warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Begins to read. All that read at the same time read the same; each has to call {@link #end}.
   *
   * @return the file to open, which stays until the last has ended
   * @throws WarehouseException when the warehouse is being published to for too long
   */
  synchronized Path begin() {
    if (readers == 0) {
      hold = whileNobodyWrites().orElse(null);
      copy = hold == null ? copied() : null;
    }
    readers++;
    return copy == null ? warehouse : copy.path().resolve(warehouse.getFileName());
  }

  synchronized void end() {
    if (--readers > 0) {
      return;
    }
    if (hold != null) {
      hold.close();
    } else if (copy != null) {
      try {
        copy.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove " + copy.path(), e);
      }
    }
  }

  /** What the names of copies beside a warehouse begin with. */
  static String prefix(Path warehouse) {
    return warehouse.getFileName() + ".reading-";
  }

  /**
   * Copies what is committed. The target may have a write-ahead log too.
   *
   * @throws WarehouseException when the warehouse is being published to for too long
   */
  static void copy(Path warehouse, Path target) throws IOException {
    try (LockFile.Hold unused =
        LockFile.holdBytes(warehouse, /* shared= */ true, PATIENCE)
            .orElseThrow(
                () ->
                    new WarehouseInUseException(
                        warehouse + " is being published to; try again in a minute"))) {
      Files.copy(warehouse, target, StandardCopyOption.REPLACE_EXISTING);
      Path log = DuckDbFile.writeAheadLog(warehouse);
      if (Files.exists(log)) {
        Files.copy(log, DuckDbFile.writeAheadLog(target), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Optional<LockFile.Hold> whileNobodyWrites() {
    try {
      return LockFile.tryHold(warehouse, LockFile.Part.RUN, /* shared= */ true);
    } catch (IOException e) {
      // In a folder where no lock file can be made, no command changes a warehouse either.
      return Optional.of(() -> {});
    }
  }

  private ProcessFolder copied() {
    try {
      ProcessFolder folder = ProcessFolder.create(warehouse.getParent(), prefix(warehouse));
      try {
        copy(warehouse, folder.path().resolve(warehouse.getFileName()));
        return folder;
      } catch (IOException | WarehouseException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new WarehouseException(
          warehouse
              + " is being changed, and there is no room beside it for a copy to read; try again"
              + " when that has ended",
          e);
    }
  }
}
