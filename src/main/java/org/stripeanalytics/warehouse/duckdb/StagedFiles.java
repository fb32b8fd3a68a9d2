package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is staged of one table.
 *
 * @param rows how many rows were written into the files
 */
record StagedFiles(List<String> paths, long rows) {

  /** As they lie on the disk. */
  long bytes() throws IOException {
    long bytes = 0;
    for (String path : paths) {
      bytes += Files.size(Path.of(path));
    }
    return bytes;
  }
}
