package org.stripeanalytics.marts;

import static org.apache.beam.sdk.values.TypeDescriptors.strings;

import java.time.LocalDate;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.stripeanalytics.staging.KeepTimestamps;
import org.stripeanalytics.staging.KeyFilter;

/**
 * Adds to the rows that a run has made those that earlier runs have stored, as the publication is
 * going to do for tables owned by {@code latest}: of two rows with the same key the one with the
 * later {@code _as_of} stays, and of two as late the new one. Marts that are restated whole need
 * all of them. Bounded; what crosses the shuffle are the run's own rows, few of a month, and the
 * stored ones that may meet one of them.
 */
public final class WithStored<T> extends PTransform<PCollection<T>, PCollection<T>> {
  private final PCollection<T> stored;
  private final SerializableFunction<T, String> key;
  private final SerializableFunction<T, LocalDate> asOf;
  private final TupleTag<T> alone = new TupleTag<>();
  private final TupleTag<T> meeting = new TupleTag<>();

  private WithStored(
      PCollection<T> stored,
      SerializableFunction<T, String> key,
      SerializableFunction<T, LocalDate> asOf) {
    this.stored = stored;
    this.key = key;
    this.asOf = asOf;
  }

  /**
   * @param stored what the table holds
   * @param key its primary key
   * @param asOf its {@code _as_of}
   */
  public static <T> WithStored<T> of(
      PCollection<T> stored,
      SerializableFunction<T, String> key,
      SerializableFunction<T, LocalDate> asOf) {
    return new WithStored<>(stored, key, asOf);
  }

  @Override
  public PCollection<T> expand(PCollection<T> made) {
    PCollectionTuple ofTable = split(KeyFilter.of("FilterOfMade", keys(made)));
    return PCollectionList.of(ofTable.get(alone))
        .and(latest(made, ofTable.get(meeting)))
        .apply("FlattenLatest", Flatten.pCollections());
  }

  private PCollection<String> keys(PCollection<T> made) {
    return made.apply("KeysOfMade", MapElements.into(strings()).via(key));
  }

  /** The stored rows that no row of the run can meet, and the others. */
  private PCollectionTuple split(PCollectionView<KeyFilter> madeKeys) {
    PCollectionTuple split =
        stored.apply(
            "SplitStored",
            ParDo.of(new SplitFn<>(key, madeKeys, meeting))
                .withSideInputs(madeKeys)
                .withOutputTags(alone, TupleTagList.of(meeting)));
    split.get(alone).setCoder(stored.getCoder());
    split.get(meeting).setCoder(stored.getCoder());
    return split;
  }

  private PCollection<T> latest(PCollection<T> made, PCollection<T> stored) {
    Coder<T> coder = made.getCoder();
    TupleTag<T> ofRun = new TupleTag<>();
    TupleTag<T> ofTable = new TupleTag<>();
    return KeyedPCollectionTuple.of(ofRun, keyed("Made", made, coder))
        .and(ofTable, keyed("Stored", stored, coder))
        .apply("JoinByKey", CoGroupByKey.create())
        .apply("TakeLatest", ParDo.of(new TakeLatestFn<>(ofRun, ofTable, asOf)))
        .setCoder(coder);
  }

  private PCollection<KV<String, T>> keyed(String which, PCollection<T> rows, Coder<T> coder) {
    return rows.apply("Key" + which, WithKeys.of(key))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), coder))
        .apply("KeepTimestamps" + which, KeepTimestamps.create());
  }

  private static final class SplitFn<T> extends DoFn<T, T> {
    private final SerializableFunction<T, String> key;
    private final PCollectionView<KeyFilter> others;
    private final TupleTag<T> meeting;

    SplitFn(
        SerializableFunction<T, String> key,
        PCollectionView<KeyFilter> others,
        TupleTag<T> meeting) {
      this.key = key;
      this.others = others;
      this.meeting = meeting;
    }

    @ProcessElement
    public void split(ProcessContext context) {
      T row = context.element();
      if (context.sideInput(others).admits(key.apply(row))) {
        context.output(meeting, row);
      } else {
        context.output(row);
      }
    }
  }

  private static final class TakeLatestFn<T> extends DoFn<KV<String, CoGbkResult>, T> {
    private final TupleTag<T> ofRun;
    private final TupleTag<T> ofTable;
    private final SerializableFunction<T, LocalDate> asOf;

    TakeLatestFn(TupleTag<T> ofRun, TupleTag<T> ofTable, SerializableFunction<T, LocalDate> asOf) {
      this.ofRun = ofRun;
      this.ofTable = ofTable;
      this.asOf = asOf;
    }

    @ProcessElement
    public void take(@Element KV<String, CoGbkResult> row, OutputReceiver<T> output) {
      T made = row.getValue().getOnly(ofRun, null);
      T stored = row.getValue().getOnly(ofTable, null);
      boolean keepStored =
          made == null || (stored != null && asOf.apply(stored).isAfter(asOf.apply(made)));
      output.output(keepStored ? stored : made);
    }
  }
}
