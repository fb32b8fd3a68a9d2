package org.stripeanalytics.ingestion;

import java.time.ZoneId;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.ReceivedDelivery;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Makes of delivered objects the rows of the raw tables and loads them: parsed, checked against the
 * contracts, and of each object and day only the last version. Bounded, in the global window; what
 * comes out does not depend on the order of what goes in.
 */
public final class IngestRecords
    extends PTransform<PCollection<DeliveredRecord>, PCollectionTuple> {
  /** What became no row, with its reason. */
  private static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};

  /** What came in and what was superseded; what was rejected is not counted yet. */
  private static final TupleTag<RowTally> TALLIES = new TupleTag<>("tallies") {};

  /** Webhooks that the edge says it received. */
  private static final TupleTag<ReceivedDelivery> DELIVERIES = new TupleTag<>("deliveries") {};

  /** What was noticed though nothing was rejected for it. */
  private static final TupleTag<String> WARNINGS = new TupleTag<>("warnings") {};

  private final ZoneId reportingZone;
  private final RejectingRun run;
  private final Publication publication;
  private final @Nullable String account;
  private final StoredStates stored;

  private IngestRecords(
      ZoneId reportingZone,
      RejectingRun run,
      Publication publication,
      @Nullable String account,
      StoredStates stored) {
    this.reportingZone = reportingZone;
    this.run = run;
    this.publication = publication;
    this.account = account;
    this.stored = stored;
  }

  /**
   * @param reportingZone the zone whose days the versions are of
   * @param run in whose name records are rejected
   * @param publication loads the rows
   */
  public static IngestRecords of(ZoneId reportingZone, RejectingRun run, Publication publication) {
    return new IngestRecords(reportingZone, run, publication, null, StoredStates.NONE);
  }

  /**
   * Whose objects become rows: a connected account by its id. Default: null, the platform's own, by
   * whose events no account is named. The events of others are kept as events only.
   */
  public IngestRecords withAccount(@Nullable String connectedAccount) {
    return new IngestRecords(reportingZone, run, publication, connectedAccount, stored);
  }

  /**
   * Where to look for what earlier runs were told: of objects of which nothing is delivered but
   * that they were deleted, or parts; of what does not fit into a list; and of a second in which an
   * object changed several times. Default: nowhere.
   */
  public IngestRecords withEarlierStatesIn(Warehouse warehouse) {
    return new IngestRecords(
        reportingZone, run, publication, account, new StoredInWarehouse(warehouse));
  }

  /** Every table that there are rows of. */
  public static Iterable<WarehouseTable<?>> tables() {
    return StripeObjects.tables();
  }

  public static PCollection<RejectedRecord> rejected(PCollectionTuple ingested) {
    return ingested.get(REJECTED);
  }

  public static PCollection<RowTally> tallies(PCollectionTuple ingested) {
    return ingested.get(TALLIES);
  }

  public static PCollection<ReceivedDelivery> deliveries(PCollectionTuple ingested) {
    return ingested.get(DELIVERIES);
  }

  /** Sentences that were logged as warnings. */
  public static PCollection<String> warnings(PCollectionTuple ingested) {
    return ingested.get(WARNINGS);
  }

  @Override
  public PCollectionTuple expand(PCollection<DeliveredRecord> records) {
    PCollectionTuple parsed =
        records.apply("ParseRecords", ParseRecords.of(reportingZone, run, account));
    PCollection<Remark> made =
        parsed
            .get(ParseRecords.ROWS)
            .apply("CollectVersions", CollectVersions.create())
            .apply(
                "LoadRows",
                publication.loadAll(
                    StripeObjects.tables(),
                    new MakeRows(reportingZone, run, account, stored),
                    RowCoder.of(Remark.class)));
    PCollection<Remark> remarks =
        PCollectionList.of(parsed.get(ParseRecords.REMARKS))
            .and(made)
            .apply("AllRemarks", Flatten.pCollections());
    return PCollectionTuple.of(REJECTED, remarks.apply("Rejected", Remark.rejected()))
        .and(DELIVERIES, remarks.apply("Deliveries", Remark.deliveries()))
        .and(TALLIES, remarks.apply("Tallies", Remark.tallies()))
        .and(
            WARNINGS,
            remarks
                .apply("Notices", Remark.notices())
                .apply("ReportNotices", ReportNotices.create()));
  }
}
