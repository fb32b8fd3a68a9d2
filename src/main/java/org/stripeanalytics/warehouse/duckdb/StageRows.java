package org.stripeanalytics.warehouse.duckdb;

import static com.google.common.base.Preconditions.checkState;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
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
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCodec;
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
  private final DataInterval interval;

  private StageRows(WarehouseTable<T> table, String directory, DataInterval interval) {
    this.table = table;
    this.directory = directory;
    this.interval = interval;
  }

  static <T> StageRows<T> of(WarehouseTable<T> table, Path directory, DataInterval interval) {
    return new StageRows<>(table, directory.toString(), interval);
  }

  @Override
  public PCollection<StagedRows> expand(PCollection<T> rows) {
    return rows.apply("ForgetWindows", Window.into(new GlobalWindows()))
        .apply("WriteFiles", ParDo.of(new WriteFileFn<>(table, directory, interval)));
  }

  private static final class WriteFileFn<T> extends DoFn<T, StagedRows> {
    private static final int BUFFER_BYTES = 1 << 16;

    private final WarehouseTable<T> table;
    private final String directory;
    private final DataInterval interval;

    private transient NdjsonRows<T> format;
    private transient OwnedDays<T> owned;
    private transient @Nullable Path file;
    private transient @Nullable JsonGenerator json;
    private transient long rows;

    private WriteFileFn(WarehouseTable<T> table, String directory, DataInterval interval) {
      this.table = table;
      this.directory = directory;
      this.interval = interval;
    }

    @Setup
    public void setup() {
      format = NdjsonRows.of(table.rowClass());
      owned = new OwnedDays<>(table, interval);
    }

    @StartBundle
    public void startBundle() throws IOException {
      close();
    }

    @ProcessElement
    public void processElement(@Element T row) throws IOException {
      owned.check(row);
      JsonGenerator open = json == null ? open() : json;
      format.write(row, open);
      open.writeRaw('\n');
      rows++;
      RowMeter.STAGED.add(1);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      if (file == null) {
        return;
      }
      StagedRows staged = StagedRows.of(table.name(), file.toString(), rows);
      close();
      context.output(staged, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
    }

    @Teardown
    public void teardown() throws IOException {
      close();
    }

    private JsonGenerator open() throws IOException {
      Path tableDirectory = Files.createDirectories(Path.of(directory, table.name()));
      file = tableDirectory.resolve(UUID.randomUUID() + ".ndjson");
      json =
          new JsonFactory()
              .createGenerator(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))
              .setRootValueSeparator(null);
      return json;
    }

    private void close() throws IOException {
      JsonGenerator open = json;
      json = null;
      file = null;
      rows = 0;
      if (open != null) {
        open.close();
      }
    }
  }

  /** Refuses rows that the run does not own. */
  private static final class OwnedDays<T> {
    private final WarehouseTable<T> table;
    private final RowCodec<T> codec;
    private final int dayField;
    private final long from;
    private final long to;

    OwnedDays(WarehouseTable<T> table, DataInterval interval) {
      this.table = table;
      this.codec = RowCodec.of(table.rowClass());
      Contract contract = table.contract();
      boolean byInterval =
          contract.ownership() == Ownership.EVENT || contract.ownership() == Ownership.OBSERVED;
      this.dayField =
          byInterval ? codec.schema().indexOf(contract.partitionColumn().orElseThrow()) : -1;
      DataInterval owned = byInterval ? contract.owned(interval) : interval;
      this.from = owned.from().toEpochDay();
      this.to = owned.to().toEpochDay();
    }

    void check(T row) {
      if (dayField < 0) {
        return;
      }
      long day = (Long) codec.get(row, dayField);
      checkState(
          day >= from && day < to,
          "%s is given a row of %s, and the run owns [%s, %s)",
          table,
          LocalDate.ofEpochDay(day),
          LocalDate.ofEpochDay(from),
          LocalDate.ofEpochDay(to));
    }
  }
}
