package org.stripeanalytics.warehouse;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * Stages each bundle of rows as a batch of its own and says where it is. Output is in the global
 * window. A row outside what the run owns of the table fails the bundle.
 */
final class StageRows<T> extends PTransform<PCollection<T>, PCollection<StagedRows>> {
  private final WarehouseTable<T> table;
  private final StagingArea area;

  private StageRows(WarehouseTable<T> table, StagingArea area) {
    this.table = table;
    this.area = area;
  }

  static <T> StageRows<T> of(WarehouseTable<T> table, StagingArea area) {
    return new StageRows<>(table, area);
  }

  @Override
  public PCollection<StagedRows> expand(PCollection<T> rows) {
    return inGlobalWindow(rows).apply("WriteBatches", ParDo.of(new WriteBatchFn<>(table, area)));
  }

  /** Only where they are in others: each step of a graph has its price. */
  private static <T> PCollection<T> inGlobalWindow(PCollection<T> rows) {
    return rows.getWindowingStrategy().getWindowFn() instanceof GlobalWindows
        ? rows
        : rows.apply("ForgetWindows", Window.into(new GlobalWindows()));
  }

  private static final class WriteBatchFn<T> extends DoFn<T, StagedRows> {
    private final WarehouseTable<T> table;
    private final StagingArea area;

    private transient StagingBatch<T> batch;

    private WriteBatchFn(WarehouseTable<T> table, StagingArea area) {
      this.table = table;
      this.area = area;
    }

    @Setup
    public void setup() {
      batch = area.batch(table);
    }

    @StartBundle
    public void startBundle() throws IOException {
      batch.close();
    }

    @ProcessElement
    public void processElement(@Element T row) throws IOException {
      batch.write(row);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      batch
          .finish()
          .ifPresent(
              staged ->
                  context.output(staged, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE));
    }

    @Teardown
    public void teardown() throws IOException {
      batch.close();
    }
  }
}
