package org.stripeanalytics.warehouse.duckdb;

import java.nio.file.Path;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.StagingArea;
import org.stripeanalytics.warehouse.StagingBatch;

/**
 * A directory with a file for each batch of rows.
 *
 * @param interval what the run owns; null if it merges into what the tables hold
 */
record StagingDirectory(String path, @Nullable DataInterval interval) implements StagingArea {
  @Override
  public <T> StagingBatch<T> batch(WarehouseTable<T> table) {
    return StagingFile.of(table, Path.of(path), interval);
  }
}
