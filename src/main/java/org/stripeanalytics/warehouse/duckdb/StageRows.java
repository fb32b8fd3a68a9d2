package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
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
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.OwnedDays;
import org.stripeanalytics.warehouse.RowMeter;
import org.stripeanalytics.warehouse.StagedRows;

/**
 * Writes each bundle of rows to a file of its own, named at random so that a retried bundle never
 * meets the file of its first try, and says where it is. Output is in the global window. A row
 * outside what the run owns of the table fails the bundle: a second run would not replace it.
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
    return rows.apply("ForgetWindows", Window.into(new GlobalWindows()))
        .apply("WriteFiles", ParDo.of(new WriteFileFn<>(table, directory, interval)));
  }

  private static final class WriteFileFn<T> extends DoFn<T, StagedRows> {
    private final WarehouseTable<T> table;
    private final String directory;
    private final @Nullable DataInterval interval;

    private transient NdjsonRows<T> format;
    private transient OwnedDays<T> owned;
    private transient @Nullable NdjsonFile<T> file;

    private WriteFileFn(
        WarehouseTable<T> table, String directory, @Nullable DataInterval interval) {
      this.table = table;
      this.directory = directory;
      this.interval = interval;
    }

    @Setup
    public void setup() {
      RowCodec<T> codec = RowCodec.of(table.rowClass());
      format = NdjsonRows.of(codec);
      owned = OwnedDays.of(table, codec, interval);
    }

    @StartBundle
    public void startBundle() throws IOException {
      close();
    }

    @ProcessElement
    public void processElement(@Element T row) throws IOException {
      owned.check(row);
      if (file == null) {
        Path tableDirectory = Files.createDirectories(Path.of(directory, table.name()));
        file =
            NdjsonFile.create(
                tableDirectory.resolve(UUID.randomUUID() + NdjsonFile.SUFFIX), format);
      }
      file.write(row);
      RowMeter.STAGED.add(1);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      if (file == null) {
        return;
      }
      StagedRows staged = StagedRows.of(table.name(), file.path().toString(), file.rows());
      close();
      context.output(staged, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
    }

    @Teardown
    public void teardown() throws IOException {
      close();
    }

    private void close() throws IOException {
      if (file != null) {
        NdjsonFile<T> open = file;
        file = null;
        open.close();
      }
    }
  }
}
