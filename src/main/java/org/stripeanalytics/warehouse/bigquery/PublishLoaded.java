package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.RestatementSql;
import org.stripeanalytics.warehouse.Restating;
import org.stripeanalytics.warehouse.StagedPublication;
import org.stripeanalytics.warehouse.StagedRows;

/**
 * Makes the tables that are missing, loads what was staged, sees that all of it has arrived, and
 * publishes it by one script. Every job has an id of the execution, so a step that is tried again
 * goes on where its first try ended.
 */
record PublishLoaded(BigQueryConnection connection, PublishScript script)
    implements StagedPublication.Publisher {

  @Override
  public List<PublishedTable> publish(
      List<WarehouseTable<?>> tables, List<StagedRows> staged, @Nullable Restating restating)
      throws IOException {
    BigQueryClient client = connection.client();
    OnceOnlyJobs jobs = new OnceOnlyJobs(client, connection.labels());
    ContractTables contractTables = new ContractTables(script.names());
    contractTables.createAll(client);
    new LoadJobs(contractTables, script.run()).load(jobs, tables, staged);
    List<StagedTable> loaded = loaded(client, jobs, tables, staged);
    List<PublishedTable> published = publish(client, jobs, loaded, restating);
    AvroFiles.delete(staged);
    return published;
  }

  private List<PublishedTable> publish(
      BigQueryClient client,
      OnceOnlyJobs jobs,
      List<StagedTable> loaded,
      @Nullable Restating restating)
      throws IOException {
    List<StagedTable> compared = restating == null ? List.of() : published(client, loaded);
    String sql = script.sql(loaded, restating, compared);
    Job job = jobs.run(script.run().jobId("publish", sql), sql);
    Map<String, Long> inserted = new HashMap<>();
    if (loaded.stream().anyMatch(table -> script.isUpsert(table.contract()))) {
      for (List<Object> row : client.results(job).rows()) {
        inserted.put((String) row.get(0), (Long) row.get(1));
      }
    }
    List<PublishedTable> published = new ArrayList<>();
    for (StagedTable table : loaded) {
      long rows = inserted.getOrDefault(table.contract().name(), table.rows());
      published.add(
          PublishedTable.of(table.contract().name(), rows, table.rows() - rows)
              .withBytes(table.bytes()));
    }
    return published;
  }

  /** The tables whose figures may change; where nothing was published, nothing is compared. */
  private List<StagedTable> published(BigQueryClient client, List<StagedTable> loaded)
      throws IOException {
    List<StagedTable> published = new ArrayList<>();
    for (StagedTable table : loaded) {
      if (RestatementSql.concerns(table.contract())
          && client
              .table(script.names().table(table.contract()))
              .map(stored -> stored.getNumRows().signum() > 0)
              .orElse(false)) {
        published.add(table);
      }
    }
    return published;
  }

  private static Map<String, Long> rowsByTable(List<StagedRows> staged) {
    Map<String, Long> rows = new HashMap<>();
    staged.forEach(batch -> rows.merge(batch.getTable(), batch.getRows(), Long::sum));
    return rows;
  }

  /** What the staging tables hold, compared with what was staged for them. */
  private List<StagedTable> loaded(
      BigQueryClient client,
      OnceOnlyJobs jobs,
      List<WarehouseTable<?>> tables,
      List<StagedRows> staged)
      throws IOException {
    String sql = script.extents(tables.stream().map(WarehouseTable::contract).toList());
    Map<String, List<Object>> extents = new HashMap<>();
    // The tables hold other rows when other files were loaded into them.
    String id = script.run().jobId("staged", sql + LoadJobs.files(staged));
    for (List<Object> extent : client.results(jobs.run(id, sql)).rows()) {
      extents.put((String) extent.get(0), extent);
    }
    Map<String, Long> sent = rowsByTable(staged);
    List<StagedTable> loaded = new ArrayList<>();
    for (WarehouseTable<?> table : tables) {
      List<Object> extent = extents.get(table.name());
      long expected = sent.getOrDefault(table.name(), 0L);
      if ((Long) extent.get(1) != expected) {
        throw new IllegalStateException(
            "%s holds %s rows, and %s were sent to it"
                .formatted(location(table.contract()), extent.get(1), expected));
      }
      loaded.add(
          new StagedTable(
              table.contract(),
              location(table.contract()),
              expected,
              bytes(client, table.contract()),
              days(extent)));
    }
    return loaded;
  }

  private static Optional<DataInterval> days(List<Object> extent) {
    return Optional.ofNullable((LocalDate) extent.get(2))
        .map(first -> DataInterval.of(first, ((LocalDate) extent.get(3)).plusDays(1)));
  }

  private long bytes(BigQueryClient client, Contract contract) throws IOException {
    return client.table(location(contract)).map(Table::getNumBytes).orElse(0L);
  }

  private TableReference location(Contract contract) {
    return script.names().staging(contract, script.run());
  }
}
