package org.stripeanalytics.pipelines;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Which warehouse a pipeline works on. */
public interface WarehouseOptions extends PipelineOptions {
  @Description("Where the tables are: a DuckDB file, written duckdb:PATH or just PATH.")
  @Default.String(WarehouseLocation.DEFAULT)
  String getWarehouse();

  void setWarehouse(String value);

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(WarehouseOptions options, List<String> faults) {
    WarehouseLocation.check(options.getWarehouse(), faults);
  }
}
