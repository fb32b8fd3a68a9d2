package org.stripeanalytics.quality;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.QualityResult;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Asks the warehouse every data test of every table. One result per test, passed or not; bounded,
 * in the global window. A test that cannot be asked fails the bundle: nobody should take silence
 * for success.
 */
public final class RunDataTests extends PTransform<PBegin, PCollection<QualityResult>> {
  private final Warehouse warehouse;
  private final LocalDate asOf;

  private RunDataTests(Warehouse warehouse, LocalDate asOf) {
    this.warehouse = warehouse;
    this.asOf = asOf;
  }

  /**
   * @param asOf the day whose start is the present
   */
  public static RunDataTests of(Warehouse warehouse, LocalDate asOf) {
    return new RunDataTests(warehouse, asOf);
  }

  @Override
  public PCollection<QualityResult> expand(PBegin pipeline) {
    List<String> names = Tables.all().stream().map(WarehouseTable::name).toList();
    return pipeline
        .apply("ListTables", Create.of(names))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("AskWarehouse", ParDo.of(new AskFn(warehouse, asOf)))
        .setCoder(Tables.QUALITY_RESULTS.coder());
  }

  private static final class AskFn extends DoFn<String, QualityResult> {
    private final Warehouse warehouse;
    private final LocalDate asOf;
    private transient Map<String, OptionalLong> usualRows;

    private AskFn(Warehouse warehouse, LocalDate asOf) {
      this.warehouse = warehouse;
      this.asOf = asOf;
    }

    @StartBundle
    public void startBundle() {
      usualRows = null;
    }

    @ProcessElement
    public void processElement(@Element String name, OutputReceiver<QualityResult> output) {
      try (Warehouse.Hold hold = warehouse.holdOpen()) {
        if (usualRows == null) {
          usualRows = UsualRows.of(warehouse);
        }
        WarehouseTable<?> table = Tables.named(name);
        new TableTests(warehouse, asOf)
            .run(table, usualRows.getOrDefault(name, OptionalLong.empty()))
            .forEach(output::output);
      }
    }
  }
}
