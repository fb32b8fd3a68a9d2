package org.stripeanalytics.warehouse.duckdb;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What commands leave beside a warehouse when they are killed. Only whoever has claimed the
 * warehouse may remove it: then nobody stages rows or restores.
 */
final class Leftovers {
  private final Path warehouse;

  private Leftovers(Path warehouse) {
    this.warehouse = warehouse;
  }

  static Leftovers beside(Path warehouse) {
    return new Leftovers(warehouse);
  }

  /** A warehouse that is half built stays: a run may go on with it. */
  void remove() throws IOException {
    String name = warehouse.getFileName().toString();
    removeAll(name + DuckDbWarehouse.STAGING);
    removeAll(name + WarehouseReplacement.BUILDING + DuckDbWarehouse.STAGING);
    removeAll(name + WarehouseBackup.RESTORING);
    ProcessFolder.removeDead(warehouse.getParent(), SharedRead.prefix(warehouse));
  }

  /** Removes the siblings whose names begin so. */
  void removeAll(String prefix) throws IOException {
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(
            warehouse.getParent(), file -> file.getFileName().toString().startsWith(prefix))) {
      for (Path path : left) {
        MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    }
  }
}
