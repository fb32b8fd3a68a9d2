package org.stripeanalytics.pipelines;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryOptions;
import org.stripeanalytics.warehouse.RunClaim;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.bigquery.BigQueryWarehouse;
import org.stripeanalytics.warehouse.bigquery.JobLabels;
import org.stripeanalytics.warehouse.duckdb.WarehouseClaim;

/** The warehouse while a run works on it: claimed, held open, and named on the jobs it starts. */
public final class RunWarehouse {
  /** Google's default is 64 MB for each open file, and a bundle may have some twenty of them. */
  private static final int UPLOAD_BUFFER_BYTES = 4 << 20;

  /**
   * Keeps the warehouse of a run open, with all its tables. A run opens it many times, while it
   * builds its graph and in its steps, and opening a file costs as much as loading a small table
   * unless it is open already.
   *
   * @throws WarehouseException when it cannot be used
   */
  public static Warehouse.Hold holdOpen(RunOptions options) {
    if (writesOnlyFiles(options)) {
      return () -> {};
    }
    WarehouseOptions own = options.as(WarehouseOptions.class);
    try (Warehouse.Hold unused = WarehouseOptions.holdIfPossible(own)) {
      Warehouse warehouse = WarehouseOptions.find(own, RunOptions.clock(options));
      Warehouse.Hold hold = warehouse.holdOpen();
      try {
        WarehouseOptions.complete(warehouse, own);
        return hold;
      } catch (RuntimeException e) {
        hold.close();
        throw e;
      }
    }
  }

  /**
   * The right to change the warehouse, for a run that is about to: the whole file for DuckDB, this
   * pipeline only for PostgreSQL and BigQuery. A run that only writes files needs no claim, and a
   * job that never ends has none in BigQuery: its successor starts before it is stopped.
   *
   * @param pipeline its name
   * @throws WarehouseException when another command has it
   */
  public static Optional<RunClaim> claim(RunOptions options, String pipeline) {
    if (writesOnlyFiles(options)) {
      return Optional.empty();
    }
    WarehouseOptions own = OptionsView.of(options, WarehouseOptions.class);
    WarehouseLocation location = WarehouseLocation.parse(own.getWarehouse());
    if (location instanceof WarehouseLocation.PostgreSql server) {
      return Optional.of(
          WarehouseOptions.postgreSql(
                  server, own.getWarehousePassword(), WarehouseOptions.reportingZone(own))
              .claim(pipeline));
    }
    if (location instanceof WarehouseLocation.DuckDb local) {
      return Optional.of(WarehouseClaim.of(local.file()));
    }
    return isStream(pipeline)
        ? Optional.empty()
        : Optional.of(
            ((BigQueryWarehouse) WarehouseOptions.find(own, Clock.systemUTC()))
                .claim(pipeline, new DataflowJobs(options)::hasEnded, Clock.systemUTC()));
  }

  /**
   * Says on every job that the pipeline starts which environment, pipeline and run it belongs to.
   * Whoever named a project for the jobs keeps it; otherwise it is that of the warehouse.
   */
  static void label(WarehouseOptions options, String pipeline, String runId) {
    if (WarehouseLocation.parse(options.getWarehouse())
        instanceof WarehouseLocation.BigQuery location) {
      Map<String, String> labels = JobLabels.of(location.prefix(), pipeline, runId);
      BigQueryOptions jobs = options.as(BigQueryOptions.class);
      jobs.setJobLabelsMap(labels);
      if (jobs.getBigQueryProject() == null) {
        jobs.setBigQueryProject(location.project());
      }
      GcsOptions files = options.as(GcsOptions.class);
      if (files.getGcsUploadBufferSizeBytes() == null) {
        files.setGcsUploadBufferSizeBytes(UPLOAD_BUFFER_BYTES);
      }
      DataflowPipelineOptions job = options.as(DataflowPipelineOptions.class);
      Map<String, String> all = new HashMap<>();
      if (job.getLabels() != null) {
        all.putAll(job.getLabels());
      }
      all.putAll(labels);
      job.setLabels(all);
    }
  }

  /**
   * Refuses to begin a run on BigQuery that has nowhere to stage its rows: it would say so after it
   * has read everything.
   *
   * @param pipeline its name
   * @throws BadInput when that is so
   */
  static void requireStaging(RunOptions options, String pipeline) {
    WarehouseOptions own = OptionsView.of(options, WarehouseOptions.class);
    if (!(WarehouseLocation.parse(own.getWarehouse()) instanceof WarehouseLocation.BigQuery)
        || writesOnlyFiles(options)
        || isStream(pipeline)
        || options.as(BigQueryOptions.class).getBigQueryEndpoint() != null) {
      return;
    }
    String given = options.getTempLocation();
    String allowed =
        "; rows wait there to be loaded into BigQuery, as in --tempLocation=gs://BUCKET/temp";
    if (given == null) {
      throw new BadInput("--tempLocation is missing" + allowed);
    }
    if (!given.startsWith("gs://")) {
      throw new BadInput("--tempLocation=" + given + " is not in Cloud Storage" + allowed);
    }
  }

  /** It writes rows as they come, and stages none. */
  private static boolean isStream(String pipeline) {
    return pipeline.equals(StreamOptions.PIPELINE);
  }

  private static boolean writesOnlyFiles(RunOptions options) {
    return options instanceof SynthesizeOptions synthesis && synthesis.getOutput() != null;
  }

  private RunWarehouse() {}
}
