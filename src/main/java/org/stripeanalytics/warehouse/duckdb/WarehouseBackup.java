package org.stripeanalytics.warehouse.duckdb;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * A copy of a whole warehouse file, as it was at one moment, with the SHA-256 of its bytes beside
 * it. A copy whose bytes have changed since is not restored.
 */
public final class WarehouseBackup {
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
   * Copies a warehouse. While that goes on nobody else can write to it.
   *
   * @throws WarehouseException when there is no such warehouse, another process writes to it, or
   *     the backup is there already
   */
  public void make(DuckDbWarehouse warehouse) {
    if (!Files.exists(warehouse.path())) {
      throw new WarehouseException(
          "there is no warehouse " + warehouse.path() + "; give the path of one to back up");
    }
    if (Files.exists(file)) {
      throw new WarehouseException(file + " is there already; a backup is never overwritten");
    }
    Path partial = Path.of(file + ".partial");
    try (Connection connection = DuckDbFile.readWrite(warehouse.path()).connect();
        Statement statement = connection.createStatement()) {
      Files.createDirectories(file.getParent());
      statement.execute("CHECKPOINT");
      Files.copy(warehouse.path(), partial, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(checksumFile(), sha256(partial) + "  " + file.getFileName() + "\n");
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot finish " + warehouse.path(), e);
    }
  }

  /**
   * Puts the backup in the place of a warehouse, which need not be there or be whole. Until the
   * last step the old file stays as it is.
   *
   * @throws WarehouseException when there is no backup or its bytes are not those that were written
   */
  public void restore(Path warehouse) {
    if (!Files.exists(file)) {
      throw new WarehouseException("there is no backup " + file + "; give the path of one");
    }
    Path target = warehouse.toAbsolutePath().normalize();
    Path partial = Path.of(target + ".restoring");
    try {
      Files.createDirectories(target.getParent());
      Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
      String expected = Files.readString(checksumFile()).split(" ", 2)[0];
      if (!sha256(partial).equals(expected)) {
        Files.delete(partial);
        throw new WarehouseException(
            file + " has changed since it was written; restore another backup");
      }
      // A log left beside the old file would be taken for the restored one's.
      Files.deleteIfExists(DuckDbFile.readWrite(target).writeAheadLog());
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot restore " + file + " to " + target, e);
    }
  }

  private static String sha256(Path path) throws IOException {
    return MoreFiles.asByteSource(path).hash(Hashing.sha256()).toString();
  }
}
