package org.stripeanalytics.warehouse.bigquery;

import static java.util.stream.Collectors.toMap;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.TestedWarehouse;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The contract of all warehouses, kept by BigQuery as far as that can be seen without it: what the
 * adapter sends goes over HTTP to {@link LocalBigQuery}, which keeps the rows in DuckDB and runs
 * the very scripts there.
 */
final class TestedBigQuery implements TestedWarehouse {
  private Path directory;
  private LocalBigQuery local;
  private Warehouse warehouse;

  @Override
  public Warehouse start(Path folder) {
    return opened(folder, LocalBigQuery::start);
  }

  @Override
  public Warehouse startWithTables(Path folder) {
    return opened(folder, given -> LocalBigQuery.start(given, LocalState.withAllTables()));
  }

  private Warehouse opened(Path folder, Start start) {
    directory = folder;
    try {
      local = start.in(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    warehouse = LocalWarehouses.at(local, directory);
    return warehouse;
  }

  @Override
  public void configure(PipelineOptions options) {
    LocalWarehouses.configure(options, local, directory);
  }

  /** Starts one that keeps its files in a folder. */
  private interface Start {
    LocalBigQuery in(Path folder) throws IOException;
  }

  @Override
  public void stop() {
    local.close();
  }

  @Override
  public Publication failingAt(
      WarehouseTable<?> table, String runId, DataInterval interval, Instant ingestedAt) {
    local.tables().breakTable("dev_" + table.name());
    return warehouse.publication(runId, interval, ingestedAt);
  }

  @Override
  public void makeEarlier(WarehouseTable<?> table, List<TableFieldSchema> columns) {
    Table stored =
        local.tables().resource("dev_" + table.contract().layer().id(), table.contract().table());
    try {
      local
          .tables()
          .makeAnew(stored.clone().setLabels(null).setSchema(new TableSchema().setFields(columns)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Map<String, String> descriptions(WarehouseTable<?> table) {
    Table stored =
        local.tables().resource("dev_" + table.contract().layer().id(), table.contract().table());
    Map<String, String> descriptions =
        stored.getSchema().getFields().stream()
            .collect(toMap(TableFieldSchema::getName, TableFieldSchema::getDescription));
    descriptions.put(table.name(), stored.getDescription());
    return descriptions;
  }
}
