package org.stripeanalytics.warehouse.duckdb;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * A copy of a whole warehouse file, as it was at one moment, with the SHA-256 of its bytes beside
 * it. A copy whose bytes have changed since is not restored.
 */
public final class WarehouseBackup {
  static final String RESTORING = ".restoring";

  private static final Logger LOG = LoggerFactory.getLogger(WarehouseBackup.class);

  private final Path file;

  private WarehouseBackup(Path file) {
    this.file = file;
  }

  /** A backup that there is, or that is going to be. */
  public static WarehouseBackup at(Path file) {
    return new WarehouseBackup(file.toAbsolutePath().normalize());
  }

  /** Where the checksum stands. */
  public Path checksumFile() {
    return Path.of(file + ".sha256");
  }

  /**
   * Copies a warehouse as it is at one moment. Others may go on reading and changing it.
   *
   * @throws WarehouseException when there is no such warehouse, it is being published to for too
   *     long, or the backup is there already
   */
  public void make(DuckDbWarehouse warehouse) {
    if (!warehouse.exists()) {
      throw new WarehouseException(
          "there is no warehouse " + warehouse.path() + "; give the path of one to back up");
    }
    if (Files.exists(file)) {
      throw new WarehouseException(file + " is there already; a backup is never overwritten");
    }
    DuckDbFile partial = DuckDbFile.readWrite(Path.of(file + ".partial"));
    try {
      Files.createDirectories(file.getParent());
      SharedRead.copy(warehouse.path(), partial.path());
      WarehouseReplacement.mergeWriteAheadLog(partial);
      Files.writeString(checksumFile(), sha256(partial.path()) + "  " + file.getFileName() + "\n");
      DurableFiles.rename(partial.path(), file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /**
   * Puts the backup in the place of a warehouse, which need not be there or be whole. Until the
   * last step the old file stays as it is. Whoever restores has claimed the warehouse.
   *
   * @throws WarehouseException when there is no backup, its bytes are not those that were written,
   *     or a process has the old file open
   */
  public void restore(Path warehouse) {
    if (!Files.isRegularFile(file)) {
      throw new WarehouseException("there is no backup " + file + "; give the path of one");
    }
    if (!Files.isRegularFile(checksumFile())) {
      throw new WarehouseException(
          file
              + " has no checksum beside it; restore needs "
              + checksumFile().getFileName()
              + ", which backup wrote there");
    }
    DuckDbFile target = DuckDbFile.readWrite(warehouse);
    target.checkReachable();
    Path partial = Path.of(target.path() + RESTORING);
    try {
      Files.createDirectories(target.path().getParent());
      Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
      String expected = Files.readString(checksumFile()).split(" ", 2)[0];
      if (!sha256(partial).equals(expected)) {
        Files.delete(partial);
        throw new WarehouseException(
            file + " has changed since it was written; restore another backup");
      }
      try (LockFile.Hold unused = target.holdBytes()) {
        refuseIfOpen(target);
        takeInLog(target);
        DurableFiles.rename(partial, target.path());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot restore " + file + " to " + target, e);
    }
  }

  /** DuckDB locks a file that it has open, whoever uses it. */
  private static void refuseIfOpen(DuckDbFile target) throws IOException {
    if (!Files.exists(target.path())) {
      return;
    }
    try (FileChannel database = FileChannel.open(target.path(), StandardOpenOption.WRITE);
        FileLock free = database.tryLock()) {
      if (free == null) {
        throw target.inUse(Optional.empty());
      }
    }
  }

  /**
   * A log left beside the old file would be taken for the restored one's. Until the renaming it
   * belongs to the old one, which is why it is not only removed.
   */
  private static void takeInLog(DuckDbFile target) throws IOException {
    if (!Files.exists(target.writeAheadLog())) {
      return;
    }
    try {
      WarehouseReplacement.mergeWriteAheadLog(target);
    } catch (WarehouseException | IllegalStateException e) {
      LOG.debug("{} is damaged; its log goes with it", target, e);
    }
    Files.deleteIfExists(target.writeAheadLog());
  }

  private static String sha256(Path path) throws IOException {
    return MoreFiles.asByteSource(path).hash(Hashing.sha256()).toString();
  }
}
