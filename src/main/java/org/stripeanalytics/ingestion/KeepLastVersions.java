package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.quality.Violation;

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

  private final RejectingRun run;
  private final StoredStates stored;

  private KeepLastVersions(RejectingRun run, StoredStates stored) {
    this.run = run;
    this.stored = stored;
  }

  /**
   * @param run in whose name deletions of unknown objects are rejected
   * @param stored what earlier runs know of objects
   */
  static KeepLastVersions of(RejectingRun run, StoredStates stored) {
    return new KeepLastVersions(run, stored);
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
            .apply("MakeRows", ParDo.of(new MakeRowsFn(run, stored)).withOutputTags(TALLIES, tags));
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
  private static <T> TupleTag<T> tag(WarehouseTable<T> table) {
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

  private static final class MakeRowsFn extends DoFn<KV<String, Said>, RowTally> {
    private final RejectingRun run;
    private final StoredStates stored;
    private final Counter arbitrary = Metrics.counter(KeepLastVersions.class, "arbitraryOrders");

    private transient Map<String, WarehouseTable<?>> tables;
    private transient Map<String, ObjectVersions<?>> versions;
    private transient Map<String, Long> superseded;
    private transient Map<String, List<VersionedRow>> unexplained;
    private transient Notices notices;

    MakeRowsFn(RejectingRun run, StoredStates stored) {
      this.run = run;
      this.stored = stored;
    }

    @Setup
    public void setup() {
      tables = new HashMap<>();
      versions = new HashMap<>();
      for (WarehouseTable<?> table : StripeObjects.tables()) {
        tables.put(table.name(), table);
        versions.put(table.name(), ObjectVersions.of(table));
      }
    }

    @StartBundle
    public void startBundle() {
      superseded = new HashMap<>();
      unexplained = new HashMap<>();
      notices = new Notices();
    }

    @ProcessElement
    public void processElement(@Element KV<String, Said> object, MultiOutputReceiver out) {
      int space = object.getKey().indexOf(' ');
      WarehouseTable<?> table = tables.get(object.getKey().substring(0, space));
      makeRows(table, object.getKey().substring(space + 1), object.getValue(), out);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      unexplained.forEach((table, rows) -> explain(tables.get(table), rows, context));
      superseded.forEach(
          (table, rows) ->
              output(context, TALLIES, RowTally.of(table, RowTally.Way.SUPERSEDED, rows)));
      notices.all().forEach(notice -> output(context, NOTICES, notice));
    }

    @SuppressWarnings("unchecked")
    private <T> void makeRows(
        WarehouseTable<T> table, String id, Said said, MultiOutputReceiver out) {
      ObjectVersions.Outcome<T> outcome = ((ObjectVersions<T>) versions.get(table.name())).of(said);
      OutputReceiver<T> rows = out.get(tag(table));
      outcome.rows().forEach(rows::output);
      if (!outcome.unexplained().isEmpty()) {
        unexplained
            .computeIfAbsent(table.name(), absent -> new ArrayList<>())
            .addAll(outcome.unexplained());
      }
      superseded.merge(
          table.name(),
          said.count() - outcome.rows().size() - outcome.unexplained().size(),
          Long::sum);
      if (outcome.missing() != 0) {
        notices.add(
            "Objects of %s whose list of %s is longer than what was delivered of it"
                .formatted(table.name(), ListedParts.of(table).column()),
            "%s (%s missing)"
                .formatted(id, outcome.missing() == Pages.SOME ? "some" : outcome.missing()));
      } else if (outcome.rows().isEmpty() && outcome.unexplained().isEmpty()) {
        notices.add(
            "Parts of %s that came without the object they belong to".formatted(table.name()), id);
      }
      if (outcome.arbitrary() > 0) {
        arbitrary.inc(outcome.arbitrary());
        notices.add(
            "Objects of %s with versions of one second that nothing puts in order"
                .formatted(table.name()),
            id);
      }
    }

    private <T> void explain(
        WarehouseTable<T> table, List<VersionedRow> deletions, FinishBundleContext context) {
      new ExplainedDeletions<>(table, stored)
          .explain(
              deletions,
              row -> output(context, tag(table), row),
              (deletion, violation) -> {
                if (deletion.getNested()) {
                  // The object around it is no worse for naming one that nothing is known of.
                  superseded.merge(deletion.getTable(), 1L, Long::sum);
                } else {
                  output(context, REJECTED, reject(deletion, violation));
                }
              });
    }

    private RejectedRecord reject(VersionedRow deletion, Violation violation) {
      return run.reject(STEP, violation, new String(deletion.getRow(), UTF_8), null)
          .setTargetTable(deletion.getTable())
          .setObjectId(deletion.getObject())
          .build();
    }

    private static <T> void output(FinishBundleContext context, TupleTag<T> tag, T value) {
      context.output(tag, value, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
    }
  }
}
