package org.stripeanalytics.warehouse.duckdb;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * A warehouse built anew beside the one it is to replace. The old file is readable and unchanged
 * until {@link #commit} renames the new one over it, which is a single step: whenever the process
 * dies, one of the two is there whole. Closing without a commit discards what was built.
 */
public final class WarehouseReplacement implements AutoCloseable {
  private final DuckDbWarehouse old;
  private final DuckDbWarehouse building;
  private final FileChannel lock;
  private volatile boolean kept;

  private WarehouseReplacement(DuckDbWarehouse old, DuckDbWarehouse building, FileChannel lock) {
    this.old = old;
    this.building = building;
    this.lock = lock;
  }

  /** Begins anew: what a run that was killed or kept has left behind is removed. */
  static WarehouseReplacement of(DuckDbWarehouse old) {
    return of(old, /* resumed= */ false);
  }

  /**
   * @param resumed whether to go on with what an earlier run has built and kept, if there is any
   * @throws WarehouseException when another run is building the same warehouse
   */
  static WarehouseReplacement of(DuckDbWarehouse old, boolean resumed) {
    Path path = Path.of(old.path() + ".building");
    try {
      FileChannel lock = lock(Path.of(path + ".lock"), old);
      DuckDbWarehouse building = old.at(path);
      WarehouseReplacement replacement = new WarehouseReplacement(old, building, lock);
      if (!resumed) {
        replacement.removeBuilt();
      }
      return replacement;
    } catch (IOException e) {
      throw new WarehouseException(
          old.path() + " cannot be rebuilt beside itself; give a path in a writable directory", e);
    }
  }

  /** The empty warehouse to build; it has no tables yet. */
  public DuckDbWarehouse building() {
    return building;
  }

  /** From now on closing leaves what was built, so that another run can go on with it. */
  public void keep() {
    kept = true;
  }

  /**
   * Puts the new warehouse in the place of the old one. Connections to either must be closed.
   *
   * @throws WarehouseException when another process has the old file open for writing
   */
  public void commit() {
    mergeWriteAheadLog(building.file());
    if (Files.exists(old.path())) {
      // A log left beside the old file would be taken for the new one's.
      mergeWriteAheadLog(old.file());
    }
    try {
      Files.move(building.path(), old.path(), StandardCopyOption.ATOMIC_MOVE);
      synchronizeDirectory();
      kept = false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot rename " + building.path() + " to " + old.path(), e);
    }
  }

  /** Removes what was built and neither committed nor kept. */
  @Override
  public void close() {
    try {
      if (!kept) {
        removeBuilt();
      }
      Files.deleteIfExists(Path.of(building.path() + ".lock"));
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + building.path(), e);
    }
  }

  private void removeBuilt() throws IOException {
    building.discardStaged();
    Files.deleteIfExists(building.path());
    Files.deleteIfExists(building.file().writeAheadLog());
    Path spilled = Path.of(building.path() + ".tmp");
    if (Files.exists(spilled)) {
      MoreFiles.deleteRecursively(spilled, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  private static void mergeWriteAheadLog(DuckDbFile file) {
    try (Connection connection = file.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot finish " + file, e);
    }
    checkState(!Files.exists(file.writeAheadLog()), "%s is still in use in this process", file);
  }

  /** So that the rename survives a power cut, where the platform can say so. */
  private void synchronizeDirectory() throws IOException {
    try (FileChannel directory =
        FileChannel.open(old.path().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static FileChannel lock(Path path, DuckDbWarehouse old) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new WarehouseException(
          old.path()
              + " is being rebuilt by another run; wait for it to end, or give another file");
    }
    return channel;
  }
}
