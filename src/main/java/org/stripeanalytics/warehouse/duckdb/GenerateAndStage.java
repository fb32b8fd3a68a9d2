package org.stripeanalytics.warehouse.duckdb;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;
import org.stripeanalytics.warehouse.StagedRows;

/**
 * Computes rows of several tables and writes them where they are computed: no row is ever encoded
 * for another step. Each bundle leaves at most one file per table. Output is in the global window.
 */
final class GenerateAndStage<E, X> extends PTransform<PCollection<E>, PCollectionTuple> {
  private final TupleTag<StagedRows> staged = new TupleTag<>("staged");
  private final TupleTag<X> aside = new TupleTag<>("aside");

  private final ImmutableSet<WarehouseTable<?>> tables;
  private final RowGenerator<E, X> generator;
  private final Coder<X> asideCoder;
  private final String directory;
  private final @Nullable DataInterval interval;

  GenerateAndStage(
      ImmutableSet<WarehouseTable<?>> tables,
      RowGenerator<E, X> generator,
      Coder<X> asideCoder,
      Path directory,
      @Nullable DataInterval interval) {
    this.tables = tables;
    this.generator = generator;
    this.asideCoder = asideCoder;
    this.directory = directory.toString();
    this.interval = interval;
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
            "GenerateAndWriteFiles",
            ParDo.of(new GenerateFn<>(tables, generator, directory, interval, aside))
                .withOutputTags(staged, TupleTagList.of(aside)));
    // Beam would infer the coder of the generated class, and Flink refuse to flatten.
    output.get(staged).setCoder(RowCoder.of(StagedRows.class));
    output.get(aside).setCoder(asideCoder);
    return output;
  }

  private static final class GenerateFn<E, X> extends DoFn<E, StagedRows> {
    private final ImmutableSet<WarehouseTable<?>> tables;
    private final RowGenerator<E, X> generator;
    private final String directory;
    private final @Nullable DataInterval interval;
    private final TupleTag<X> aside;
    private transient Files files;

    private GenerateFn(
        ImmutableSet<WarehouseTable<?>> tables,
        RowGenerator<E, X> generator,
        String directory,
        @Nullable DataInterval interval,
        TupleTag<X> aside) {
      this.tables = tables;
      this.generator = generator;
      this.directory = directory;
      this.interval = interval;
      this.aside = aside;
    }

    @Setup
    public void setup() {
      files = new Files(tables, Path.of(directory), interval);
      generator.prepare();
    }

    @StartBundle
    public void startBundle() throws IOException {
      files.close();
    }

    @ProcessElement
    public void processElement(@Element E element, MultiOutputReceiver out) throws IOException {
      try {
        generator.generate(element, files, out.get(aside)::output);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      for (StagingFile<?> file : files.byTable.values()) {
        Optional<StagedRows> rows = file.finish();
        if (rows.isPresent()) {
          context.output(rows.get(), BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
        }
      }
    }

    @Teardown
    public void teardown() throws IOException {
      files.close();
    }
  }

  /** A file for each table. */
  private static final class Files implements RowSink {
    private final Map<WarehouseTable<?>, StagingFile<?>> byTable = new HashMap<>();

    Files(ImmutableSet<WarehouseTable<?>> tables, Path directory, @Nullable DataInterval interval) {
      tables.forEach(table -> byTable.put(table, StagingFile.of(table, directory, interval)));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> void put(WarehouseTable<T> table, T row) {
      try {
        ((StagingFile<T>) byTable.get(table)).write(row);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void close() throws IOException {
      for (StagingFile<?> file : byTable.values()) {
        file.close();
      }
    }
  }
}
