package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.StagedRows;

/**
 * Writes each bundle of rows to a {@link StagingFile} of its own and says where it is. Output is in
 * the global window. A row outside what the run owns of the table fails the bundle.
 */
final class StageRows<T> extends PTransform<PCollection<T>, PCollection<StagedRows>> {
  private final WarehouseTable<T> table;
  private final String directory;
  private final @Nullable DataInterval interval;

  private StageRows(WarehouseTable<T> table, String directory, @Nullable DataInterval interval) {
    this.table = table;
    this.directory = directory;
    this.interval = interval;
  }

  static <T> StageRows<T> of(
      WarehouseTable<T> table, Path directory, @Nullable DataInterval interval) {
    return new StageRows<>(table, directory.toString(), interval);
  }

  @Override
  public PCollection<StagedRows> expand(PCollection<T> rows) {
    return inGlobalWindow(rows)
        .apply("WriteFiles", ParDo.of(new WriteFileFn<>(table, directory, interval)));
  }

  /** Only where they are in others: each step of a graph has its price. */
  private static <T> PCollection<T> inGlobalWindow(PCollection<T> rows) {
    return rows.getWindowingStrategy().getWindowFn() instanceof GlobalWindows
        ? rows
        : rows.apply("ForgetWindows", Window.into(new GlobalWindows()));
  }

  private static final class WriteFileFn<T> extends DoFn<T, StagedRows> {
    private final WarehouseTable<T> table;
    private final String directory;
    private final @Nullable DataInterval interval;

    private transient StagingFile<T> file;

    private WriteFileFn(
        WarehouseTable<T> table, String directory, @Nullable DataInterval interval) {
      this.table = table;
      this.directory = directory;
      this.interval = interval;
    }

    @Setup
    public void setup() {
      file = StagingFile.of(table, Path.of(directory), interval);
    }

    @StartBundle
    public void startBundle() throws IOException {
      file.close();
    }

    @ProcessElement
    public void processElement(@Element T row) throws IOException {
      file.write(row);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      file.finish()
          .ifPresent(
              staged ->
                  context.output(staged, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE));
    }

    @Teardown
    public void teardown() throws IOException {
      file.close();
    }
  }
}
