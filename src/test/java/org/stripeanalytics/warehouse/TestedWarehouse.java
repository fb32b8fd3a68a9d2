package org.stripeanalytics.warehouse;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;

/** A kind of warehouse whose promises are tested, and how a test gets behind its port. */
public interface TestedWarehouse {
  /** An empty warehouse, without tables, that keeps its files in a folder. */
  Warehouse start(Path directory);

  /** The same with all tables. */
  default Warehouse startWithTables(Path directory) {
    Warehouse warehouse = start(directory);
    warehouse.createTables();
    return warehouse;
  }

  /** Frees what was started. */
  default void stop() {}

  /** Tells a pipeline where the warehouse is. */
  default void configure(PipelineOptions options) {}

  /** A publication whose transaction fails at {@code table}, after the tables loaded before it. */
  Publication failingAt(
      WarehouseTable<?> table, String runId, DataInterval interval, Instant ingestedAt);

  /**
   * Gives a table these columns instead, as an earlier version would have made it, and its rows.
   */
  void makeEarlier(WarehouseTable<?> table, List<TableFieldSchema> columns);

  /** The descriptions that the warehouse shows its users; the table's own under its name. */
  Map<String, String> descriptions(WarehouseTable<?> table);

  /** Whether a read of the newest rows gives no others. */
  default boolean leavesOutOlder() {
    return false;
  }

  /** Whether it knows, while a graph is built, what it holds. */
  default boolean looksAtWhatItHolds() {
    return false;
  }
}
