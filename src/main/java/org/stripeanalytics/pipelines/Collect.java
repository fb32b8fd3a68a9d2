package org.stripeanalytics.pipelines;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.ingestion.DeliveredRecord;
import org.stripeanalytics.ingestion.Remark;
import org.stripeanalytics.ingestion.ReplayRejected;
import org.stripeanalytics.ingestion.ReportNotices;
import org.stripeanalytics.ingestion.exports.ExportRows;
import org.stripeanalytics.ingestion.exports.ReadExports;
import org.stripeanalytics.ingestion.exports.SourceTables;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.observability.RecordRun;
import org.stripeanalytics.quality.ReconcileRows;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Ingests exports of other sources than Stripe, as the contracts of their tables say, or what an
 * earlier such run has rejected. It stands apart from {@link Ingest}, so that the many tables of
 * sources cost the run of every ten minutes nothing.
 */
public final class Collect {
  static final PipelineMain<CollectOptions> PIPELINE =
      new PipelineMain<>(
          "collect", Collect.class, CollectOptions.class, CollectOptions::check, Collect::run);

  public static void main(String[] args) {
    PIPELINE.launch(args);
  }

  static PipelineResult run(CollectOptions options) {
    Warehouse warehouse = WarehouseOptions.open(options, RunOptions.clock(options));
    RejectingRun run =
        RejectingRun.of(PIPELINE.name(), options.getRunId(), RunOptions.ingestedAt(options));
    SourceTables source = new SourceTables(options.getSource());
    Pipeline pipeline = Pipeline.create(options);
    Publication publication =
        warehouse.mergingPublication(options.getRunId(), RunOptions.ingestedAt(options));

    Delivered delivered =
        options.getRun() == null
            ? ofFiles(pipeline, source, options, run)
            : rejectedBefore(pipeline, warehouse, options, run);
    PCollection<Remark> made =
        delivered
            .records()
            .apply(
                "LoadRows",
                publication.loadAll(
                    source.tables(),
                    new ExportRows(source, WarehouseOptions.reportingZone(options), run),
                    remarks()));
    PCollection<RejectedRecord> unreadable =
        delivered.remarks().apply("Unreadable", Remark.rejected());
    PCollection<RejectedRecord> rejected =
        PCollectionList.of(unreadable)
            .and(made.apply("Rejected", Remark.rejected()))
            .apply("AllRejected", Flatten.pCollections());
    PCollectionList.of(rejected)
        .and(delivered.marked())
        .apply("RejectedAndMarked", Flatten.pCollections())
        .apply("Load " + Tables.REJECTED_RECORDS, publication.load(Tables.REJECTED_RECORDS));
    PCollectionList.of(delivered.remarks())
        .and(made)
        .apply("AllRemarks", Flatten.pCollections())
        .apply("Notices", Remark.notices())
        .apply("ReportNotices", ReportNotices.create());
    PCollection<PublishedTable> published = pipeline.apply("Publish", publication);

    PCollection<RowTally> tallies =
        PCollectionList.of(made.apply("TalliesOfRows", Remark.tallies()))
            .and(delivered.remarks().apply("TalliesOfFiles", Remark.tallies()))
            .and(unreadable.apply("CountUnreadable", RowTally.countUnreadable()))
            .and(delivered.marked().apply("CountFound", RowTally.countFound()))
            .and(rejected.apply("CountRejected", RowTally.countRejected()))
            .apply("Tallies", Flatten.pCollections());
    ReconcileRows reconcile =
        ReconcileRows.of(options.getRunId())
            .withMaxRejectedFraction(options.getMaxRejectedFraction());
    PCollection<Long> reconciled =
        PCollectionList.of(tallies)
            .and(published.apply("CountPublished", RowTally.countPublished()))
            .apply("AllTallies", Flatten.pCollections())
            .apply("ReconcileRows", reconcile.failingWithoutRows(nothingFound(options, source)));
    published
        .apply("WaitUntilReconciled", Wait.on(reconciled))
        .apply(
            "RecordRun",
            RecordRun.in(warehouse, RunContexts.ofMerge(PIPELINE, options)).withTallies(tallies));
    return pipeline.run();
  }

  /**
   * What there is to make rows of.
   *
   * @param marked rejections that are ingested again, with the mark of that
   */
  private record Delivered(
      PCollection<DeliveredRecord> records,
      PCollection<Remark> remarks,
      PCollection<RejectedRecord> marked) {}

  private static Delivered ofFiles(
      Pipeline pipeline, SourceTables source, CollectOptions options, RejectingRun run) {
    PCollectionTuple read =
        pipeline.apply(
            "ReadFiles",
            ReadExports.matching(
                source,
                CollectOptions.patterns(options),
                CollectOptions.extractedOn(options),
                run));
    return new Delivered(
        ReadExports.records(read),
        ReadExports.remarks(read),
        pipeline.apply("NothingMarked", Create.empty(rejected())));
  }

  private static Delivered rejectedBefore(
      Pipeline pipeline, Warehouse warehouse, CollectOptions options, RejectingRun run) {
    TableRead<RejectedRecord> before =
        TableRead.of(Tables.REJECTED_RECORDS).ofRun(options.getRun());
    if (!warehouse.mayHold(before)) {
      throw new BadInput(
          "--run="
              + options.getRun()
              + " has rejected nothing here; ops.rejected_records lists what each run_id has");
    }
    PCollectionTuple waiting =
        pipeline
            .apply("ReadRejected", warehouse.read(before))
            .apply(
                "SelectRejected",
                ReplayRejected.of(options.getRun(), run)
                    .ofSources()
                    .withExtractedOn(CollectOptions.extractedOn(options)));
    return new Delivered(
        ReplayRejected.records(waiting),
        pipeline.apply("NothingRead", Create.empty(remarks())),
        ReplayRejected.marked(waiting));
  }

  private static String nothingFound(CollectOptions options, SourceTables source) {
    return options.getRun() == null
        ? "no file is named after a table of %s; there are %s, as in %s.csv"
            .formatted(
                source.source(),
                String.join(", ", source.tableNames()),
                source.tableNames().first())
        : "run %s has rejected nothing of %s that waits to be replayed; ops.rejected_records lists what each run_id has"
            .formatted(options.getRun(), source.source());
  }

  private static Coder<Remark> remarks() {
    return RowCoder.of(Remark.class);
  }

  private static Coder<RejectedRecord> rejected() {
    return Tables.REJECTED_RECORDS.coder();
  }

  private Collect() {}
}
