package org.stripeanalytics.warehouse.duckdb;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Adds rows to a table at once, the way a publication does: staged in a file, inserted in a
 * transaction.
 *
 * @param directory for the file; removed afterwards
 */
record AppendRows(PublishTransaction transaction, Path directory) {

  <T> void to(WarehouseTable<T> table, List<T> rows) {
    try {
      List<String> file = List.of(stage(table, rows).toString());
      transaction.publish(Map.of(table, new StagedFiles(file, rows.size())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot add rows to " + table, e);
    } finally {
      removeDirectory();
    }
  }

  private <T> Path stage(WarehouseTable<T> table, List<T> rows) throws IOException {
    Path path = Files.createDirectories(directory).resolve("rows" + NdjsonFile.SUFFIX);
    try (NdjsonFile<T> file =
        NdjsonFile.create(path, NdjsonRows.of(RowCodec.of(table.rowClass())))) {
      for (T row : rows) {
        file.write(row);
      }
    }
    return path;
  }

  private void removeDirectory() {
    try {
      if (Files.exists(directory)) {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }
}
