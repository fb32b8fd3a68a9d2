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
import org.stripeanalytics.ingestion.ReadFiles;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.observability.RecordRun;
import org.stripeanalytics.quality.ReconcileRows;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.Warehouse;

/** Ingests files of Stripe's JSON into the raw tables. */
public final class Ingest {
  static final PipelineMain<IngestOptions> PIPELINE =
      new PipelineMain<>(
          "ingest", Ingest.class, IngestOptions.class, IngestOptions::check, Ingest::run);

  public static void main(String[] args) {
    PIPELINE.launch(args);
  }

  static PipelineResult run(IngestOptions options) {
    Warehouse warehouse = WarehouseOptions.open(options, RunOptions.clock(options));
    RejectingRun run =
        RejectingRun.of(PIPELINE.name(), options.getRunId(), RunOptions.ingestedAt(options));

    Pipeline pipeline = Pipeline.create(options);
    Publication publication =
        warehouse.mergingPublication(options.getRunId(), RunOptions.ingestedAt(options));
    PCollectionTuple read =
        pipeline.apply(
            "ReadFiles",
            ReadFiles.matching(options.getInput(), IngestionOptions.extractedOn(options), run)
                .withEmptyInputAllowed(options.getAllowEmptyInput()));
    PCollectionTuple ingested =
        ReadFiles.records(read)
            .apply("IngestRecords", IngestionOptions.records(options, run, warehouse, publication));
    PCollection<RejectedRecord> rejected =
        PCollectionList.of(ReadFiles.rejected(read))
            .and(IngestRecords.rejected(ingested))
            .apply("AllRejected", Flatten.pCollections());

    rejected.apply("Load " + Tables.REJECTED_RECORDS, publication.load(Tables.REJECTED_RECORDS));
    IngestRecords.deliveries(ingested)
        .apply("Load " + Tables.DELIVERIES, publication.load(Tables.DELIVERIES));
    PCollection<PublishedTable> published = pipeline.apply("Publish", publication);

    PCollection<RowTally> tallies =
        PCollectionList.of(IngestRecords.tallies(ingested))
            .and(ReadFiles.tallies(read))
            .and(ReadFiles.rejected(read).apply("CountUnreadable", RowTally.countUnreadable()))
            .and(rejected.apply("CountRejected", RowTally.countRejected()))
            .apply("Tallies", Flatten.pCollections());
    PCollection<Long> reconciled =
        PCollectionList.of(tallies)
            .and(published.apply("CountPublished", RowTally.countPublished()))
            .apply("AllTallies", Flatten.pCollections())
            .apply(
                "ReconcileRows",
                ReconcileRows.of(options.getRunId())
                    .withMaxRejectedFraction(options.getMaxRejectedFraction()));
    published
        .apply("WaitUntilReconciled", Wait.on(reconciled))
        .apply(
            "RecordRun",
            RecordRun.in(warehouse, RunContexts.ofMerge(PIPELINE, options)).withTallies(tallies));
    return pipeline.run();
  }

  private Ingest() {}
}
