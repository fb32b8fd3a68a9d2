package org.stripeanalytics.ingestion;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
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
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RowTally;

/**
 * Keeps of every object and day the version that stands by {@link VersionedRow#ORDER}, gives it
 * back its class, and counts the others as superseded. Bounded, in the global window. The output
 * has a collection for every table that is filled from JSON.
 */
final class KeepLastVersions extends PTransform<PCollection<VersionedRow>, PCollectionTuple> {
  static final TupleTag<RowTally> TALLIES = new TupleTag<>("tallies") {};

  private KeepLastVersions() {}

  static KeepLastVersions create() {
    return new KeepLastVersions();
  }

  /** The rows of one table among the output. */
  static <T> PCollection<T> rowsOf(WarehouseTable<T> table, PCollectionTuple versions) {
    return versions.get(tag(table));
  }

  @Override
  public PCollectionTuple expand(PCollection<VersionedRow> rows) {
    TupleTagList tags = TupleTagList.empty();
    for (WarehouseTable<?> table : StripeObjects.tables()) {
      tags = tags.and(tag(table));
    }
    PCollectionTuple versions =
        rows.apply(
                "KeyByObjectAndDay",
                WithKeys.<String, VersionedRow>of(row -> row.getTable() + ' ' + row.getKey())
                    .withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(VersionedRow.class)))
            .apply("KeepGreatest", Combine.perKey(new GreatestFn()))
            .apply("GiveBackClass", ParDo.of(new DecodeFn()).withOutputTags(TALLIES, tags));
    versions.get(TALLIES).setCoder(RowCoder.of(RowTally.class));
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

  /** The greatest version of a key and how many there were; none before the first. */
  private static final class GreatestFn
      extends Combine.CombineFn<VersionedRow, KV<VersionedRow, Long>, KV<VersionedRow, Long>> {

    @Override
    public KV<VersionedRow, Long> createAccumulator() {
      return KV.of(null, 0L);
    }

    @Override
    public KV<VersionedRow, Long> addInput(KV<VersionedRow, Long> seen, VersionedRow row) {
      return KV.of(greater(seen.getKey(), row), seen.getValue() + 1);
    }

    @Override
    public KV<VersionedRow, Long> mergeAccumulators(Iterable<KV<VersionedRow, Long>> all) {
      KV<VersionedRow, Long> merged = createAccumulator();
      for (KV<VersionedRow, Long> one : all) {
        merged = KV.of(greater(merged.getKey(), one.getKey()), merged.getValue() + one.getValue());
      }
      return merged;
    }

    @Override
    public KV<VersionedRow, Long> extractOutput(KV<VersionedRow, Long> seen) {
      return seen;
    }

    @Override
    public Coder<KV<VersionedRow, Long>> getAccumulatorCoder(
        CoderRegistry registry, Coder<VersionedRow> rowCoder) {
      return KvCoder.of(NullableCoder.of(rowCoder), VarLongCoder.of());
    }

    @Override
    public Coder<KV<VersionedRow, Long>> getDefaultOutputCoder(
        CoderRegistry registry, Coder<VersionedRow> rowCoder) {
      return getAccumulatorCoder(registry, rowCoder);
    }

    private static VersionedRow greater(VersionedRow a, VersionedRow b) {
      if (a == null || b == null) {
        return a == null ? b : a;
      }
      return VersionedRow.ORDER.compare(a, b) >= 0 ? a : b;
    }
  }

  private static final class DecodeFn extends DoFn<KV<String, KV<VersionedRow, Long>>, RowTally> {
    private transient Map<String, WarehouseTable<?>> tables;
    private transient Map<String, Coder<?>> coders;
    private transient Map<String, Long> superseded;

    @Setup
    public void setup() {
      tables = new HashMap<>();
      coders = new HashMap<>();
      for (WarehouseTable<?> table : StripeObjects.tables()) {
        tables.put(table.name(), table);
        coders.put(table.name(), table.coder());
      }
    }

    @StartBundle
    public void startBundle() {
      superseded = new HashMap<>();
    }

    @ProcessElement
    public void processElement(
        @Element KV<String, KV<VersionedRow, Long>> versions, MultiOutputReceiver out)
        throws IOException {
      VersionedRow last = versions.getValue().getKey();
      superseded.merge(last.getTable(), versions.getValue().getValue() - 1, Long::sum);
      decode(tables.get(last.getTable()), last, out);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      superseded.forEach(
          (table, rows) ->
              context.output(
                  RowTally.of(table, RowTally.Way.SUPERSEDED, rows),
                  BoundedWindow.TIMESTAMP_MIN_VALUE,
                  GlobalWindow.INSTANCE));
    }

    @SuppressWarnings("unchecked")
    private <T> void decode(WarehouseTable<T> table, VersionedRow row, MultiOutputReceiver out)
        throws IOException {
      Coder<T> coder = (Coder<T>) coders.get(table.name());
      out.get(tag(table)).output(coder.decode(new ByteArrayInputStream(row.getRow())));
    }
  }
}
