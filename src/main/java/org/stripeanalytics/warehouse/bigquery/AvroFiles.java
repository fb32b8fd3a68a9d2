package org.stripeanalytics.warehouse.bigquery;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.StagedRows;
import org.stripeanalytics.warehouse.StagingArea;
import org.stripeanalytics.warehouse.StagingBatch;

/**
 * Avro files below {@code --tempLocation}, in a folder of the execution's own with one for each
 * table. What bundles that failed have left there goes with the bucket's own rules.
 */
final class AvroFiles implements StagingArea {
  private static final Logger LOG = LoggerFactory.getLogger(AvroFiles.class);

  private final BigQueryConnection connection;
  private final RunStamp run;
  private final @Nullable DataInterval interval;

  /** Asked for when the first row is staged: a graph can be built without it. */
  private transient @Nullable ResourceId folder;

  /**
   * @param interval what the run owns; null if it merges
   */
  AvroFiles(BigQueryConnection connection, RunStamp run, @Nullable DataInterval interval) {
    this.connection = connection;
    this.run = run;
    this.interval = interval;
  }

  @Override
  public <T> StagingBatch<T> batch(WarehouseTable<T> table) {
    return new AvroBatch<>(
        table, folder().resolve(table.name(), StandardResolveOptions.RESOLVE_DIRECTORY), interval);
  }

  private synchronized ResourceId folder() {
    if (folder == null) {
      folder =
          FileSystems.matchNewResource(connection.tempLocation(), true)
              .resolve("loads", StandardResolveOptions.RESOLVE_DIRECTORY)
              .resolve(run.key(), StandardResolveOptions.RESOLVE_DIRECTORY);
    }
    return folder;
  }

  /**
   * Deletes what has been published. What stays costs room for some days, and no run its success.
   */
  static void delete(List<StagedRows> published) {
    ImmutableList.Builder<ResourceId> files = ImmutableList.builder();
    for (StagedRows batch : published) {
      files.add(FileSystems.matchNewResource(batch.getLocation(), false));
    }
    try {
      FileSystems.delete(files.build(), StandardMoveOptions.IGNORE_MISSING_FILES);
    } catch (IOException e) {
      LOG.warn("files that have been published could not be deleted", e);
    }
  }
}
