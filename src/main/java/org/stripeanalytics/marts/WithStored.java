package org.stripeanalytics.marts;

import static com.google.common.base.Preconditions.checkState;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Keys;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.staging.KeepTimestamps;
import org.stripeanalytics.staging.KeyFilter;
import org.stripeanalytics.warehouse.RowOfTable;

/**
 * Adds to the rows that a run has made those that earlier runs have stored, of several tables at
 * once and as the publication is going to do. In tables owned by {@code latest} the later {@code
 * _as_of} of two rows with the same primary key stays, and of two as late the new one. Rows of
 * other tables only come together: the run reads none of them that it makes. Marts that are
 * restated whole need all of them. Bounded; what crosses the shuffle are the run's own rows, few of
 * a month, and the stored ones that may meet one of them.
 */
public final class WithStored extends PTransform<PCollection<RowOfTable>, PCollection<RowOfTable>> {
  private static final TupleTag<RowOfTable> PASSING = new TupleTag<>() {};

  /** Under table and primary key, whether the row is a stored one. */
  private static final TupleTag<KV<String, KV<Boolean, RowOfTable>>> MEETING = new TupleTag<>() {};

  private final PCollection<RowOfTable> stored;

  private WithStored(PCollection<RowOfTable> stored) {
    this.stored = stored;
  }

  public static WithStored of(PCollection<RowOfTable> stored) {
    return new WithStored(stored);
  }

  @Override
  public PCollection<RowOfTable> expand(PCollection<RowOfTable> made) {
    Coder<RowOfTable> coder = made.getCoder();
    PCollectionTuple ofRun = keyed(made.apply("KeyMade", outputs(new KeyFn(false, null))), coder);
    PCollectionView<KeyFilter> madeKeys =
        KeyFilter.of("FilterOfMade", ofRun.get(MEETING).apply("KeysOfMade", Keys.create()));
    PCollectionTuple ofTables =
        keyed(
            stored.apply("KeyStored", outputs(new KeyFn(true, madeKeys)).withSideInputs(madeKeys)),
            coder);
    PCollection<RowOfTable> latest =
        PCollectionList.of(ofRun.get(MEETING))
            .and(ofTables.get(MEETING))
            .apply("FlattenMeeting", Flatten.pCollections())
            .apply("KeepTimestamps", KeepTimestamps.create())
            .apply("MeetByKey", GroupByKey.create())
            .apply("TakeLatest", ParDo.of(new TakeLatestFn()))
            .setCoder(coder);
    return PCollectionList.of(ofRun.get(PASSING))
        .and(ofTables.get(PASSING))
        .and(latest)
        .apply("FlattenLatest", Flatten.pCollections());
  }

  private static ParDo.MultiOutput<RowOfTable, RowOfTable> outputs(KeyFn keys) {
    return ParDo.of(keys).withOutputTags(PASSING, TupleTagList.of(MEETING));
  }

  private static PCollectionTuple keyed(PCollectionTuple rows, Coder<RowOfTable> coder) {
    rows.get(PASSING).setCoder(coder);
    rows.get(MEETING)
        .setCoder(KvCoder.of(StringUtf8Coder.of(), KvCoder.of(BooleanCoder.of(), coder)));
    return rows;
  }

  /** Sends on its way what meets nothing, and gives the rest its key. */
  private static final class KeyFn extends DoFn<RowOfTable, RowOfTable> {
    private final boolean stored;
    private final @Nullable PCollectionView<KeyFilter> others;
    private transient @Nullable LatestRows latest;

    /**
     * @param others keys that a row may meet; null if it may meet any
     */
    KeyFn(boolean stored, @Nullable PCollectionView<KeyFilter> others) {
      this.stored = stored;
      this.others = others;
    }

    @Setup
    public void setup() {
      latest = new LatestRows();
    }

    @ProcessElement
    public void key(ProcessContext context) {
      RowOfTable row = context.element();
      if (row.table().contract().ownership() != Ownership.LATEST) {
        context.output(row);
        return;
      }
      String key = latest.key(row);
      if (others == null || context.sideInput(others).admits(key)) {
        context.output(MEETING, KV.of(key, KV.of(stored, row)));
      } else {
        context.output(row);
      }
    }
  }

  private static final class TakeLatestFn
      extends DoFn<KV<String, Iterable<KV<Boolean, RowOfTable>>>, RowOfTable> {
    private transient @Nullable LatestRows latest;

    @Setup
    public void setup() {
      latest = new LatestRows();
    }

    @ProcessElement
    public void take(
        @Element KV<String, Iterable<KV<Boolean, RowOfTable>>> rows,
        OutputReceiver<RowOfTable> output) {
      RowOfTable made = null;
      RowOfTable stored = null;
      for (KV<Boolean, RowOfTable> row : rows.getValue()) {
        if (row.getKey()) {
          stored = only(row.getValue(), stored);
        } else {
          made = only(row.getValue(), made);
        }
      }
      boolean keepStored =
          made == null || (stored != null && latest.asOf(stored) > latest.asOf(made));
      output.output(keepStored ? stored : made);
    }

    private static RowOfTable only(RowOfTable row, @Nullable RowOfTable before) {
      checkState(before == null, "two rows of %s have one primary key", row.table());
      return row;
    }
  }

  /** What the contract says of rows of which the latest stands. */
  private static final class LatestRows {
    private final Map<WarehouseTable<?>, Columns<?>> byTable = new HashMap<>();

    /** Table and primary key. */
    String key(RowOfTable row) {
      return columns(row).key(row.row());
    }

    /** Days since the epoch. */
    long asOf(RowOfTable row) {
      return columns(row).asOf(row.row());
    }

    private Columns<?> columns(RowOfTable row) {
      return byTable.computeIfAbsent(row.table(), Columns::of);
    }
  }

  private record Columns<T>(
      WarehouseTable<T> table, RowCodec<T> codec, ImmutableList<Integer> keys, int asOf) {

    static <T> Columns<T> of(WarehouseTable<T> table) {
      RowCodec<T> codec = RowCodec.of(table.rowClass());
      return new Columns<>(
          table,
          codec,
          table.contract().primaryKey().stream()
              .map(codec.schema()::indexOf)
              .collect(ImmutableList.toImmutableList()),
          codec.schema().indexOf("_as_of"));
    }

    String key(Object row) {
      return keys.stream()
          .map(field -> String.valueOf(get(row, field)))
          .collect(joining(" ", table.name() + " ", ""));
    }

    long asOf(Object row) {
      return (Long) get(row, asOf);
    }

    private @Nullable Object get(Object row, int field) {
      return codec.get(table.rowClass().cast(row), field);
    }
  }
}
