package org.stripeanalytics.warehouse;

import com.google.common.collect.ImmutableSet;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.stripeanalytics.contract.WarehouseTable;

/** Runs a {@link RowGenerator}, with an output of its own for each table. */
final class GenerateTables<E, X> extends PTransform<PCollection<E>, PCollectionTuple> {
  private static final String ASIDE = "aside";

  private final ImmutableSet<WarehouseTable<?>> tables;
  private final RowGenerator<E, X> generator;

  private GenerateTables(ImmutableSet<WarehouseTable<?>> tables, RowGenerator<E, X> generator) {
    this.tables = tables;
    this.generator = generator;
  }

  static <E, X> GenerateTables<E, X> of(
      ImmutableSet<WarehouseTable<?>> tables, RowGenerator<E, X> generator) {
    return new GenerateTables<>(tables, generator);
  }

  static <T> PCollection<T> rowsOf(WarehouseTable<T> table, PCollectionTuple computed) {
    PCollection<T> rows = computed.get(tag(table));
    return rows.setCoder(table.coder());
  }

  static <X> PCollection<X> asideOf(PCollectionTuple computed, Coder<X> coder) {
    return computed.get(new TupleTag<X>(ASIDE)).setCoder(coder);
  }

  @Override
  public PCollectionTuple expand(PCollection<E> elements) {
    TupleTagList tags = TupleTagList.empty();
    for (WarehouseTable<?> table : tables) {
      tags = tags.and(tag(table));
    }
    return elements.apply(
        "Generate",
        ParDo.of(new GenerateFn<>(generator)).withOutputTags(new TupleTag<X>(ASIDE), tags));
  }

  /** Tags are equal by their id, so any number of them may stand for one table. */
  private static <T> TupleTag<T> tag(WarehouseTable<T> table) {
    return new TupleTag<>(table.name());
  }

  private static final class GenerateFn<E, X> extends DoFn<E, X> {
    private final RowGenerator<E, X> generator;

    private GenerateFn(RowGenerator<E, X> generator) {
      this.generator = generator;
    }

    @Setup
    public void setup() {
      generator.prepare();
    }

    @StartBundle
    public void startBundle() {
      generator.startBundle();
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      RowSink rows =
          new RowSink() {
            @Override
            public <T> void put(WarehouseTable<T> table, T row) {
              output(context, tag(table), row);
            }
          };
      generator.finishBundle(rows, value -> output(context, new TupleTag<X>(ASIDE), value));
    }

    private static <V> void output(
        DoFn<?, ?>.FinishBundleContext context, TupleTag<V> tag, V value) {
      context.output(tag, value, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
    }

    @ProcessElement
    public void processElement(@Element E element, MultiOutputReceiver out) {
      RowSink rows =
          new RowSink() {
            @Override
            public <T> void put(WarehouseTable<T> table, T row) {
              out.get(tag(table)).output(row);
            }
          };
      generator.generate(element, rows, out.get(new TupleTag<X>(ASIDE))::output);
    }
  }
}
