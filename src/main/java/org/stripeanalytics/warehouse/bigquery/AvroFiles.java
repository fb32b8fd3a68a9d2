package org.stripeanalytics.warehouse.bigquery;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.StagedRows;
import org.stripeanalytics.warehouse.StagingArea;
import org.stripeanalytics.warehouse.StagingBatch;

/**
 * Avro files below {@code --tempLocation}, in a folder of the execution's own with one for each
 * table. What bundles that failed have left there goes with the bucket's own rules.
 *
 * @param interval what the run owns; null if it merges
 */
record AvroFiles(BigQueryConnection connection, RunStamp run, @Nullable DataInterval interval)
    implements StagingArea {

  @Override
  public <T> StagingBatch<T> batch(WarehouseTable<T> table) {
    ResourceId folder =
        FileSystems.matchNewResource(connection.tempLocation(), true)
            .resolve("loads", StandardResolveOptions.RESOLVE_DIRECTORY)
            .resolve(run.key(), StandardResolveOptions.RESOLVE_DIRECTORY)
            .resolve(table.name(), StandardResolveOptions.RESOLVE_DIRECTORY);
    return new AvroBatch<>(table, folder, interval);
  }

  /** Deletes what has been published; what is gone already is no matter. */
  static void delete(List<StagedRows> published) throws IOException {
    ImmutableList.Builder<ResourceId> files = ImmutableList.builder();
    for (StagedRows batch : published) {
      files.add(FileSystems.matchNewResource(batch.getLocation(), false));
    }
    FileSystems.delete(files.build(), StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
