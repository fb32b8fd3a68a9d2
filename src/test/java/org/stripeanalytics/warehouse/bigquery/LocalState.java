package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a {@link LocalBigQuery} holds, for others to begin with.
 *
 * @param rows the file of DuckDB
 * @param tables resources, by {@code dataset.table}
 * @param datasets resources, by name
 */
record LocalState(byte[] rows, Map<String, Table> tables, Map<String, Dataset> datasets) {
  private static @Nullable LocalState withAllTables;

  /**
   * What {@link BigQueryWarehouse#createTables} makes. Some hundred requests take a second, so a
   * process sends them once.
   */
  static synchronized LocalState withAllTables() throws IOException {
    if (withAllTables == null) {
      Path directory = Files.createTempDirectory("bigquery-with-all-tables");
      try {
        LocalBigQuery local = LocalBigQuery.start(directory);
        LocalWarehouses.at(local, directory).createTables();
        withAllTables = local.closed();
      } finally {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    }
    return withAllTables;
  }
}
