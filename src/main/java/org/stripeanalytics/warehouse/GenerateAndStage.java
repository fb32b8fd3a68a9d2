package org.stripeanalytics.warehouse;

import com.google.common.collect.ImmutableSet;
import com.google.common.io.Closer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
import org.stripeanalytics.model.schema.RowCoder;

/**
 * Computes rows of several tables and stages them where they are computed: no row is ever encoded
 * for another step. Each bundle leaves at most one batch per table. Output is in the global window.
 */
final class GenerateAndStage<E, X> extends PTransform<PCollection<E>, PCollectionTuple> {
  private final TupleTag<StagedRows> staged = new TupleTag<>("staged");
  private final TupleTag<X> aside = new TupleTag<>("aside");

  private final ImmutableSet<WarehouseTable<?>> tables;
  private final RowGenerator<E, X> generator;
  private final Coder<X> asideCoder;
  private final StagingArea area;

  GenerateAndStage(
      ImmutableSet<WarehouseTable<?>> tables,
      RowGenerator<E, X> generator,
      Coder<X> asideCoder,
      StagingArea area) {
    this.tables = tables;
    this.generator = generator;
    this.asideCoder = asideCoder;
    this.area = area;
  }

  TupleTag<StagedRows> staged() {
    return staged;
  }

  TupleTag<X> aside() {
    return aside;
  }

  @Override
  public PCollectionTuple expand(PCollection<E> elements) {
    PCollectionTuple output =
        elements.apply(
            "GenerateAndWriteBatches",
            ParDo.of(new GenerateFn<>(tables, generator, area, aside))
                .withOutputTags(staged, TupleTagList.of(aside)));
    // Beam would infer the coder of the generated class, and Flink refuse to flatten.
    output.get(staged).setCoder(RowCoder.of(StagedRows.class));
    output.get(aside).setCoder(asideCoder);
    return output;
  }

  private static final class GenerateFn<E, X> extends DoFn<E, StagedRows> {
    private final ImmutableSet<WarehouseTable<?>> tables;
    private final RowGenerator<E, X> generator;
    private final StagingArea area;
    private final TupleTag<X> aside;
    private transient Batches batches;

    private GenerateFn(
        ImmutableSet<WarehouseTable<?>> tables,
        RowGenerator<E, X> generator,
        StagingArea area,
        TupleTag<X> aside) {
      this.tables = tables;
      this.generator = generator;
      this.area = area;
      this.aside = aside;
    }

    @Setup
    public void setup() {
      batches = new Batches(tables, area);
      generator.prepare();
    }

    @StartBundle
    public void startBundle() throws IOException {
      batches.close();
      generator.startBundle();
    }

    @ProcessElement
    public void processElement(@Element E element, MultiOutputReceiver out) throws IOException {
      try {
        generator.generate(element, batches, out.get(aside)::output);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      try {
        generator.finishBundle(batches, value -> output(context, aside, value));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      for (StagingBatch<?> batch : batches.byTable.values()) {
        Optional<StagedRows> rows = batch.finish();
        if (rows.isPresent()) {
          context.output(rows.get(), BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
        }
      }
    }

    private static <V> void output(
        DoFn<?, StagedRows>.FinishBundleContext context, TupleTag<V> tag, V value) {
      context.output(tag, value, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
    }

    @Teardown
    public void teardown() throws IOException {
      batches.close();
    }
  }

  /** A batch for each table. */
  private static final class Batches implements RowSink {
    private final Map<WarehouseTable<?>, StagingBatch<?>> byTable = new HashMap<>();

    Batches(ImmutableSet<WarehouseTable<?>> tables, StagingArea area) {
      tables.forEach(table -> byTable.put(table, area.batch(table)));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> void put(WarehouseTable<T> table, T row) {
      try {
        ((StagingBatch<T>) byTable.get(table)).write(row);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Closes all, whatever becomes of one. */
    void close() throws IOException {
      try (Closer all = Closer.create()) {
        byTable.values().forEach(batch -> all.register(batch::close));
      }
    }
  }
}
