package org.stripeanalytics.pipelines;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** Which warehouse a pipeline works on. */
public interface WarehouseOptions extends PipelineOptions {
  @Description("Where the tables are: a DuckDB file, written duckdb:PATH or just PATH.")
  @Default.String(WarehouseLocation.DEFAULT)
  String getWarehouse();

  void setWarehouse(String value);

  @Description(
      "The time zone whose days and months the tables have, as in Europe/Berlin. Fixed when the"
          + " warehouse is created.")
  @Default.String("UTC")
  String getReportingZone();

  void setReportingZone(String value);

  static ZoneId reportingZone(WarehouseOptions options) {
    return ZoneId.of(options.getReportingZone());
  }

  /**
   * The warehouse, with all its tables.
   *
   * @param clock says when it was created, if it is now
   * @throws WarehouseException when it cannot be used
   */
  static Warehouse open(WarehouseOptions options, Clock clock) {
    Warehouse warehouse =
        DuckDbWarehouse.open(
            WarehouseLocation.parse(options.getWarehouse()).file(), reportingZone(options), clock);
    warehouse.createTables();
    return warehouse;
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(WarehouseOptions options, List<String> faults) {
    WarehouseLocation.check(options.getWarehouse(), faults);
    try {
      reportingZone(options);
    } catch (DateTimeException e) {
      faults.add(
          "--reportingZone="
              + options.getReportingZone()
              + " is no time zone; allowed are names as in UTC or Europe/Berlin");
    }
  }
}
