package org.stripeanalytics.observability;

import static org.stripeanalytics.contract.Tables.RUN_LOG;

import java.time.Instant;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.model.ops.RunLogEntry;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Writes a row of {@code ops.run_log} for every table that a run has published. It is a publication
 * of its own behind that of the run, so a row says that the data is there; the run has succeeded
 * when its rows are, and lineage is told so. Bounded; the output says how many rows the log gained.
 */
public final class RecordRun
    extends PTransform<PCollection<PublishedTable>, PCollection<PublishedTable>> {
  private final Warehouse warehouse;
  private final RunContext run;

  private RecordRun(Warehouse warehouse, RunContext run) {
    this.warehouse = warehouse;
    this.run = run;
  }

  public static RecordRun in(Warehouse warehouse, RunContext run) {
    return new RecordRun(warehouse, run);
  }

  @Override
  public PCollection<PublishedTable> expand(PCollection<PublishedTable> published) {
    Publication log = warehouse.mergingPublication(run.runId(), run.startedAt());
    RunContext context = run;
    published
        .apply(
            "DescribeRun",
            MapElements.into(TypeDescriptor.of(RunLogEntry.class))
                .via(table -> succeeded(context, table)))
        .setCoder(RUN_LOG.coder())
        .apply("LoadRunLog", log.load(RUN_LOG));
    PCollection<PublishedTable> recorded = published.getPipeline().apply("PublishRunLog", log);
    if (run.lineage().channel().isOpen()) {
      published.apply("TellCompletion", TellCompletion.of(run.lineage(), run.clock(), recorded));
    }
    return recorded;
  }

  static RunLogEntry succeeded(RunContext run, PublishedTable table) {
    return entry(run)
        .setTableName(table.getTable())
        .setOutcome("succeeded")
        .setRowsLoaded(table.getRows())
        .setRowsSuperseded(table.getSuperseded())
        .build();
  }

  static RunLogEntry failed(RunContext run, Instant at, String message) {
    return entry(run)
        .setTableName("")
        .setOutcome("failed")
        .setMessage(message)
        .setRowsLoaded(0)
        .setRowsSuperseded(0)
        .setFinishedAt(at)
        .build();
  }

  private static RunLogEntry.Builder entry(RunContext run) {
    RunLogEntry.Builder entry =
        RunLogEntry.builder()
            .setPipeline(run.pipeline())
            .setAsOf(run.asOf())
            .setOptions(run.options())
            .setCodeVersion(run.codeVersion())
            .setRunner(run.runner())
            .setStartedAt(run.startedAt())
            .setFinishedAt(run.clock().instant());
    if (run.interval() != null) {
      entry.setIntervalFrom(run.interval().from()).setIntervalTo(run.interval().to());
    }
    return entry;
  }
}
