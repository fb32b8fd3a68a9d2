package org.stripeanalytics.ingestion;

import java.time.ZoneId;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RowTally;

/**
 * Makes of delivered objects the rows of the raw tables: parsed, checked against the contracts, and
 * of each object and day only the last version. Bounded, in the global window; what comes out does
 * not depend on the order of what goes in.
 */
public final class IngestRecords
    extends PTransform<PCollection<DeliveredRecord>, PCollectionTuple> {
  /** What became no row, with its reason. */
  private static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};

  /** What came in and what was superseded; what was rejected is not counted yet. */
  private static final TupleTag<RowTally> TALLIES = new TupleTag<>("tallies") {};

  private final ZoneId reportingZone;
  private final RejectingRun run;

  private IngestRecords(ZoneId reportingZone, RejectingRun run) {
    this.reportingZone = reportingZone;
    this.run = run;
  }

  /**
   * @param reportingZone the zone whose days the versions are of
   * @param run in whose name records are rejected
   */
  public static IngestRecords of(ZoneId reportingZone, RejectingRun run) {
    return new IngestRecords(reportingZone, run);
  }

  /** Every table that there are rows of. */
  public static Iterable<WarehouseTable<?>> tables() {
    return StripeObjects.tables();
  }

  public static <T> PCollection<T> rowsOf(WarehouseTable<T> table, PCollectionTuple ingested) {
    return KeepLastVersions.rowsOf(table, ingested);
  }

  public static PCollection<RejectedRecord> rejected(PCollectionTuple ingested) {
    return ingested.get(REJECTED);
  }

  public static PCollection<RowTally> tallies(PCollectionTuple ingested) {
    return ingested.get(TALLIES);
  }

  @Override
  public PCollectionTuple expand(PCollection<DeliveredRecord> records) {
    PCollectionTuple parsed = records.apply("ParseRecords", ParseRecords.of(reportingZone, run));
    PCollectionTuple versions =
        parsed.get(ParseRecords.ROWS).apply("KeepLastVersions", KeepLastVersions.create());
    PCollection<RowTally> tallies =
        PCollectionList.of(parsed.get(ParseRecords.TALLIES))
            .and(versions.get(KeepLastVersions.TALLIES))
            .apply("AllTallies", Flatten.pCollections());
    PCollectionTuple ingested =
        PCollectionTuple.of(REJECTED, parsed.get(ParseRecords.REJECTED)).and(TALLIES, tallies);
    for (WarehouseTable<?> table : tables()) {
      ingested = with(table, versions, ingested);
    }
    return ingested;
  }

  private static <T> PCollectionTuple with(
      WarehouseTable<T> table, PCollectionTuple versions, PCollectionTuple ingested) {
    return ingested.and(new TupleTag<T>(table.name()), rowsOf(table, versions));
  }
}
