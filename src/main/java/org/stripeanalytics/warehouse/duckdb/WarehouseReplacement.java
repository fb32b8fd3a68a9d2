package org.stripeanalytics.warehouse.duckdb;

import static com.google.common.base.Preconditions.checkState;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * A warehouse built anew beside the one it is to replace. The old file is readable and unchanged
 * until {@link #commit} renames the new one over it, which is a single step: whenever the process
 * dies, one of the two is there whole. Closing without a commit discards what was built. Whoever
 * replaces a warehouse has claimed it ({@link WarehouseClaim}), so nobody else builds there.
 */
public final class WarehouseReplacement implements AutoCloseable {
  static final String BUILDING = ".building";

  private final DuckDbWarehouse old;
  private final DuckDbWarehouse building;
  private volatile boolean kept;

  private WarehouseReplacement(DuckDbWarehouse old, DuckDbWarehouse building) {
    this.old = old;
    this.building = building;
  }

  /** Begins anew: what a run that was killed or kept has left is removed. */
  static WarehouseReplacement of(DuckDbWarehouse old) {
    WarehouseReplacement replacement = beside(old);
    try {
      replacement.removeBuilt();
    } catch (IOException e) {
      throw new WarehouseException(
          old.path() + " cannot be rebuilt beside itself; give a path in a writable directory", e);
    }
    return replacement;
  }

  /**
   * @throws WarehouseException when nothing is left of what an earlier run has built
   */
  static WarehouseReplacement resumed(DuckDbWarehouse old) {
    WarehouseReplacement replacement = beside(old);
    if (!replacement.building.exists()) {
      throw new WarehouseException(
          replacement.building.path() + ", which the run had begun to build, is gone; start anew");
    }
    replacement.keep();
    return replacement;
  }

  private static WarehouseReplacement beside(DuckDbWarehouse old) {
    return new WarehouseReplacement(old, old.at(Path.of(old.path() + BUILDING)));
  }

  /** The empty warehouse to build; it has no tables yet. */
  public DuckDbWarehouse building() {
    return building;
  }

  /**
   * From now on closing leaves what was built, so that another run can go on with it: all of it is
   * in the one file, whoever moves that.
   */
  public void keep() {
    kept = true;
    mergeWriteAheadLog(building.file());
  }

  /**
   * Puts the new warehouse in the place of the old one. Connections to either must be closed.
   *
   * @param atLast is called when nothing but the renaming is left to do. What it does comes before
   *     that even if the power fails, provided that it changes only the directory.
   * @throws WarehouseException when another process has the old file open for writing, or the new
   *     one is not there or lacks a table
   */
  public void commit(Runnable atLast) {
    if (!building.exists() || !building.hasAllTables()) {
      throw new WarehouseException(
          building.path() + " is not a whole warehouse and does not replace " + old.path());
    }
    mergeWriteAheadLog(building.file());
    if (old.exists()) {
      // A log left beside the old file would be taken for the new one's.
      mergeWriteAheadLog(old.file());
    }
    try (LockFile.Hold unused = old.file().holdBytes()) {
      atLast.run();
      DurableFiles.rename(building.path(), old.path());
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
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + building.path(), e);
    }
  }

  private void removeBuilt() throws IOException {
    // Its log, what DuckDB has moved out of memory, staged rows and the lock begin with its name.
    Leftovers.beside(old.path()).removeAll(building.path().getFileName().toString());
  }

  static void mergeWriteAheadLog(DuckDbFile file) {
    try (LockFile.Hold unused = file.holdBytes();
        Connection connection = file.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot finish " + file, e);
    }
    checkState(!Files.exists(file.writeAheadLog()), "%s is still in use in this process", file);
  }
}
