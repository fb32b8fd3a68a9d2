package org.stripeanalytics.pipelines;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.ingestion.IngestRecords;
import org.stripeanalytics.ingestion.ReplayRejected;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.observability.RecordRun;
import org.stripeanalytics.quality.ReconcileRows;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Ingests what a run has rejected again, after the reason was mended, and marks it. What is
 * rejected once more is listed under the new run. A run that has rejected nothing is refused before
 * anything starts, where the warehouse can say so.
 */
public final class Replay {
  static final PipelineMain<ReplayOptions> PIPELINE =
      new PipelineMain<>(
          "replay", Replay.class, ReplayOptions.class, ReplayOptions::check, Replay::run);

  public static void main(String[] args) {
    PIPELINE.launch(args);
  }

  static PipelineResult run(ReplayOptions options) {
    Warehouse warehouse = WarehouseOptions.open(options, RunOptions.clock(options));
    TableRead<RejectedRecord> rejectedBefore =
        TableRead.of(Tables.REJECTED_RECORDS).ofRun(options.getRun());
    if (!warehouse.mayHold(rejectedBefore)) {
      throw new BadInput(
          "--run="
              + options.getRun()
              + " has rejected nothing here; ops.rejected_records lists what each run_id has");
    }
    RejectingRun run =
        RejectingRun.of(PIPELINE.name(), options.getRunId(), RunOptions.ingestedAt(options));

    Pipeline pipeline = Pipeline.create(options);
    Publication publication =
        warehouse.mergingPublication(options.getRunId(), RunOptions.ingestedAt(options));
    PCollectionTuple waiting =
        pipeline
            .apply("ReadRejected", warehouse.read(rejectedBefore))
            .apply(
                "SelectRejected",
                ReplayRejected.of(options.getRun(), run)
                    .withExtractedOn(IngestionOptions.extractedOn(options)));
    PCollectionTuple ingested =
        ReplayRejected.records(waiting)
            .apply("IngestRecords", IngestionOptions.records(options, run, warehouse, publication));
    PCollection<RejectedRecord> rejected = IngestRecords.rejected(ingested);

    PCollectionList.of(rejected)
        .and(ReplayRejected.marked(waiting))
        .apply("RejectedAndMarked", Flatten.pCollections())
        .apply("Load " + Tables.REJECTED_RECORDS, publication.load(Tables.REJECTED_RECORDS));
    PCollection<PublishedTable> published = pipeline.apply("Publish", publication);

    PCollection<RowTally> tallies =
        PCollectionList.of(IngestRecords.tallies(ingested))
            .and(ReplayRejected.marked(waiting).apply("CountFound", RowTally.countFound()))
            .and(rejected.apply("CountRejected", RowTally.countRejected()))
            .apply("Tallies", Flatten.pCollections());
    PCollection<Long> reconciled =
        PCollectionList.of(tallies)
            .and(published.apply("CountPublished", RowTally.countPublished()))
            .apply("AllTallies", Flatten.pCollections())
            .apply(
                "ReconcileRows",
                ReconcileRows.of(options.getRunId())
                    .withMaxRejectedFraction(options.getMaxRejectedFraction())
                    .failingWithoutRows(
                        "run "
                            + options.getRun()
                            + " has rejected nothing that waits to be replayed;"
                            + " ops.rejected_records lists what each run_id has"));
    published
        .apply("WaitUntilReconciled", Wait.on(reconciled))
        .apply(
            "RecordRun",
            RecordRun.in(warehouse, RunContexts.ofMerge(PIPELINE, options)).withTallies(tallies));
    return pipeline.run();
  }

  private Replay() {}
}
