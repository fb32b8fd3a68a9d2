package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.RestatementSql;
import org.stripeanalytics.warehouse.Restating;
import org.stripeanalytics.warehouse.StagedRows;

/** Collects what every load reports when it ends; after all of them one script publishes. */
final class BigQueryPublication extends Publication {
  private final BigQueryConnection connection;
  private final @Nullable BigQueryServices services;
  private final PublishScript script;

  BigQueryPublication(
      BigQueryConnection connection, @Nullable BigQueryServices services, PublishScript script) {
    this.connection = connection;
    this.services = services;
    this.script = script;
  }

  @Override
  public Optional<DataInterval> interval() {
    return Optional.ofNullable(script.interval());
  }

  @Override
  protected <T> PTransform<PCollection<T>, PCollection<StagedRows>> stage(WarehouseTable<T> table) {
    return new LoadRows<>(
        table,
        connection,
        services,
        new ContractTables(script.names()),
        script.run(),
        script.interval());
  }

  @Override
  public PCollection<PublishedTable> expand(PBegin pipeline) {
    return PCollectionList.of(ImmutableList.copyOf(loads().values()))
        .apply("CollectStaged", Flatten.pCollections())
        .apply("ToOneKey", WithKeys.of(script.run().key()))
        .apply("WaitForAll", GroupByKey.create())
        .apply(
            "ReplaceRows",
            ParDo.of(
                new PublishFn(
                    connection, script, ImmutableList.copyOf(loads().keySet()), restating())));
  }

  private static final class PublishFn
      extends DoFn<KV<String, Iterable<StagedRows>>, PublishedTable> {
    private final BigQueryConnection connection;
    private final PublishScript script;
    private final ImmutableList<WarehouseTable<?>> tables;
    private final @Nullable Restating restating;

    private PublishFn(
        BigQueryConnection connection,
        PublishScript script,
        ImmutableList<WarehouseTable<?>> tables,
        @Nullable Restating restating) {
      this.restating = restating;
      this.connection = connection;
      this.script = script;
      this.tables = tables;
    }

    @ProcessElement
    public void processElement(
        @Element KV<String, Iterable<StagedRows>> loaded, OutputReceiver<PublishedTable> output)
        throws IOException {
      BigQueryClient client = connection.client();
      new ContractTables(script.names()).createAll(client);
      ScriptJobs jobs = new ScriptJobs(client, connection.labels());
      List<StagedTable> staged = staged(client, jobs, rowsByTable(loaded.getValue()));
      String sql = script.sql(staged, restating, published(client, staged));
      Job job = jobs.run(script.run().jobId("publish", sql), sql);
      Map<String, Long> inserted = new HashMap<>();
      if (staged.stream().anyMatch(table -> script.isUpsert(table.contract()))) {
        for (List<Object> row : client.results(job).rows()) {
          inserted.put((String) row.get(0), (Long) row.get(1));
        }
      }
      for (StagedTable table : staged) {
        long rows = inserted.getOrDefault(table.contract().name(), table.rows());
        output.output(
            PublishedTable.of(table.contract().name(), rows, table.rows() - rows)
                .withBytes(table.bytes()));
      }
    }

    /** Lets lineage see the table that only the script writes. */
    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      if (restating != null) {
        builder.add(
            DisplayData.item("table", Tables.RESTATEMENTS.name()).withLabel("Appended table"));
      }
    }

    /** The tables whose figures may change; where nothing was published, nothing is compared. */
    private List<StagedTable> published(BigQueryClient client, List<StagedTable> staged)
        throws IOException {
      List<StagedTable> published = new ArrayList<>();
      for (StagedTable table : staged) {
        if (restating != null
            && RestatementSql.concerns(table.contract())
            && client
                .table(script.names().table(table.contract()))
                .map(stored -> stored.getNumRows().signum() > 0)
                .orElse(false)) {
          published.add(table);
        }
      }
      return published;
    }

    private static Map<String, Long> rowsByTable(Iterable<StagedRows> loaded) {
      Map<String, Long> rows = new HashMap<>();
      loaded.forEach(table -> rows.merge(table.getTable(), table.getRows(), Long::sum));
      return rows;
    }

    private long bytes(BigQueryClient client, Contract contract) throws IOException {
      return client.table(location(contract)).map(Table::getNumBytes).orElse(0L);
    }

    /** Holds what the staging tables have against what was sent to them. */
    private List<StagedTable> staged(BigQueryClient client, ScriptJobs jobs, Map<String, Long> sent)
        throws IOException {
      String sql = script.extents(tables.stream().map(WarehouseTable::contract).toList());
      Map<String, List<Object>> extents = new HashMap<>();
      for (List<Object> extent :
          client.results(jobs.run(script.run().jobId("staged", sql), sql)).rows()) {
        extents.put((String) extent.get(0), extent);
      }
      List<StagedTable> staged = new ArrayList<>();
      for (WarehouseTable<?> table : tables) {
        List<Object> extent = extents.get(table.name());
        if (!extent.get(1).equals(sent.get(table.name()))) {
          throw new IllegalStateException(
              "%s holds %s rows, and %s were sent to it"
                  .formatted(location(table.contract()), extent.get(1), sent.get(table.name())));
        }
        staged.add(
            new StagedTable(
                table.contract(),
                location(table.contract()),
                (Long) extent.get(1),
                bytes(client, table.contract()),
                Optional.ofNullable((LocalDate) extent.get(2))
                    .map(
                        first -> DataInterval.of(first, ((LocalDate) extent.get(3)).plusDays(1)))));
      }
      return staged;
    }

    private TableReference location(Contract contract) {
      return script.names().staging(contract, script.run());
    }
  }
}
