package org.stripeanalytics.observability;

import static org.stripeanalytics.contract.Tables.RUN_LOG;

import java.time.Instant;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Writes the row of {@code ops.run_log} that says that a run has failed. A run cannot write it
 * itself, so it is for whoever has started it. Bounded; the output says how many rows the log
 * gained.
 */
public final class RecordFailure extends PTransform<PBegin, PCollection<PublishedTable>> {
  private final Warehouse warehouse;
  private final RunContext run;
  private final String message;

  private RecordFailure(Warehouse warehouse, RunContext run, String message) {
    this.warehouse = warehouse;
    this.run = run;
    this.message = message;
  }

  /**
   * @param message why it failed, without anything of the data
   */
  public static RecordFailure in(Warehouse warehouse, RunContext run, String message) {
    return new RecordFailure(warehouse, run, message);
  }

  @Override
  public PCollection<PublishedTable> expand(PBegin pipeline) {
    // What a run publishes is named by its id and time, and it may have published already.
    Instant failedAt = run.clock().instant();
    Publication log = warehouse.mergingPublication(run.runId(), failedAt);
    pipeline
        .apply(
            "DescribeFailure",
            Create.of(RecordRun.failed(run, failedAt, message)).withCoder(RUN_LOG.coder()))
        .apply("LoadRunLog", log.load(RUN_LOG));
    return pipeline.apply("PublishRunLog", log);
  }
}
