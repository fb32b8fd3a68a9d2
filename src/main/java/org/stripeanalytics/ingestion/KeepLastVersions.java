package org.stripeanalytics.ingestion;

import java.time.ZoneId;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RowTally;

/**
 * Makes rows of what was said of every object ({@link ObjectVersions}), gives them back their class
 * and counts the others as superseded. Bounded, in the global window. The output has a collection
 * for every table that is filled from JSON.
 */
final class KeepLastVersions extends PTransform<PCollection<VersionedRow>, PCollectionTuple> {
  static final String STEP = "keep_last_versions";

  static final TupleTag<RowTally> TALLIES = new TupleTag<>("tallies") {};
  static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};
  static final TupleTag<Notice> NOTICES = new TupleTag<>("notices") {};

  private final MakeRowsFn makeRows;

  private KeepLastVersions(MakeRowsFn makeRows) {
    this.makeRows = makeRows;
  }

  /**
   * @param reportingZone the zone whose days the versions are of
   * @param run in whose name deletions and parts of unknown objects are rejected
   * @param account whose objects become rows; null for the platform's own
   * @param stored what earlier runs know of objects
   */
  static KeepLastVersions of(
      ZoneId reportingZone, RejectingRun run, @Nullable String account, StoredStates stored) {
    return new KeepLastVersions(new MakeRowsFn(reportingZone, run, account, stored));
  }

  /** The rows of one table among the output. */
  static <T> PCollection<T> rowsOf(WarehouseTable<T> table, PCollectionTuple versions) {
    return versions.get(tag(table));
  }

  @Override
  public PCollectionTuple expand(PCollection<VersionedRow> rows) {
    TupleTagList tags = TupleTagList.of(REJECTED).and(NOTICES);
    for (WarehouseTable<?> table : StripeObjects.tables()) {
      tags = tags.and(tag(table));
    }
    PCollectionTuple versions =
        rows.apply(
                "KeyByObject",
                WithKeys.<String, VersionedRow>of(row -> row.getTable() + ' ' + row.getObject())
                    .withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(VersionedRow.class)))
            .apply("CollectVersions", Combine.perKey(new CollectFn()))
            .apply("MakeRows", ParDo.of(makeRows).withOutputTags(TALLIES, tags));
    versions.get(TALLIES).setCoder(RowCoder.of(RowTally.class));
    versions.get(REJECTED).setCoder(Tables.REJECTED_RECORDS.coder());
    versions.get(NOTICES).setCoder(RowCoder.of(Notice.class));
    StripeObjects.tables().forEach(table -> setCoder(table, versions));
    return versions;
  }

  private static <T> void setCoder(WarehouseTable<T> table, PCollectionTuple versions) {
    rowsOf(table, versions).setCoder(table.coder());
  }

  /** Tags are equal by their id, so any number of them may stand for one table. */
  static <T> TupleTag<T> tag(WarehouseTable<T> table) {
    return new TupleTag<>(table.name());
  }

  private static final class CollectFn extends Combine.CombineFn<VersionedRow, Said, Said> {

    @Override
    public Said createAccumulator() {
      return new Said();
    }

    @Override
    public Said addInput(Said said, VersionedRow row) {
      said.add(row);
      return said;
    }

    @Override
    public Said mergeAccumulators(Iterable<Said> all) {
      Said merged = new Said();
      all.forEach(merged::addAll);
      return merged;
    }

    @Override
    public Said extractOutput(Said said) {
      return said;
    }

    @Override
    public Coder<Said> getAccumulatorCoder(CoderRegistry registry, Coder<VersionedRow> rowCoder) {
      return new SaidCoder();
    }

    @Override
    public Coder<Said> getDefaultOutputCoder(CoderRegistry registry, Coder<VersionedRow> rowCoder) {
      return new SaidCoder();
    }
  }
}
