package org.stripeanalytics.warehouse.bigquery;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.QueryResult;
import org.stripeanalytics.warehouse.ReportingZones;
import org.stripeanalytics.warehouse.RunChecksum;
import org.stripeanalytics.warehouse.RunClaim;
import org.stripeanalytics.warehouse.RunningJob;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.WarehouseInUseException;

/**
 * The warehouse in BigQuery: one project, a dataset per layer, with the environment's prefix. To
 * open it and to build a graph on it asks nothing of BigQuery; a publication makes the tables that
 * are missing when it runs.
 */
public final class BigQueryWarehouse implements Warehouse {
  private static final String ROW_HASH =
      "FARM_FINGERPRINT(TO_JSON_STRING(" + RunChecksum.ROW + "))";

  private final TableNames names;
  private final String reportingZone;
  private final BigQueryConnection connection;
  private final @Nullable BigQueryServices services;

  private BigQueryWarehouse(
      TableNames names,
      String reportingZone,
      BigQueryConnection connection,
      @Nullable BigQueryServices services) {
    this.names = names;
    this.reportingZone = reportingZone;
    this.connection = connection;
    this.services = services;
  }

  /**
   * A warehouse that need not exist yet.
   *
   * @param prefix of the datasets of one environment, as in {@code dev}; may be empty
   * @param location of datasets and jobs, as in {@code EU}
   * @param reportingZone the zone whose days are the warehouse's days, fixed by its first run
   * @param options how to reach BigQuery, and the labels of jobs
   */
  public static BigQueryWarehouse open(
      String project,
      String prefix,
      String location,
      ZoneId reportingZone,
      PipelineOptions options) {
    BigQueryServicesOptions testing = options.as(BigQueryServicesOptions.class);
    return new BigQueryWarehouse(
        new TableNames(project, prefix),
        ReportingZones.nameOf(reportingZone),
        BigQueryConnection.of(options, project, location),
        BigQueryServicesOptions.services(testing));
  }

  /** Reads, and writes streams, through other services than BigQuery's own. */
  BigQueryWarehouse withServices(BigQueryServices other) {
    return new BigQueryWarehouse(names, reportingZone, connection, other);
  }

  @Override
  public void createTables() {
    try {
      new ContractTables(names).createAll(connection.client());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the tables of " + this, e);
    }
  }

  /**
   * The right to run a pipeline here, without waiting for it.
   *
   * @param hasEnded whether a job that has been left the right is done
   * @throws WarehouseInUseException when another process or job runs it
   */
  public RunClaim claim(String pipeline, Predicate<RunningJob> hasEnded, Clock clock) {
    return BigQueryLease.take(connection.client(), names, pipeline, hasEnded, clock, toString());
  }

  @Override
  public <T> PTransform<PBegin, PCollection<T>> read(TableRead<T> read) {
    return new ReadRows<>(read, names, services);
  }

  @Override
  public Publication publication(String runId, DataInterval interval, Instant ingestedAt) {
    return publication(new RunStamp(runId, ingestedAt), interval);
  }

  @Override
  public Publication mergingPublication(String runId, Instant ingestedAt) {
    return publication(new RunStamp(runId, ingestedAt), null);
  }

  private Publication publication(RunStamp run, @Nullable DataInterval interval) {
    return new BigQueryPublication(
        connection, new PublishScript(names, run, reportingZone, interval));
  }

  @Override
  public List<String> differences(WarehouseTable<?> table) {
    try {
      return new ContractTables(names).differences(connection.client(), table.contract());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at the columns of " + table, e);
    }
  }

  @Override
  public <T> void append(WarehouseTable<T> table, List<T> rows, String runId, Instant ingestedAt) {
    if (rows.isEmpty()) {
      return;
    }
    RunStamp run = new RunStamp(runId, ingestedAt);
    String sql = new AppendScript(names, run).sql(table, rows);
    BigQueryClient client = connection.client();
    try {
      new ContractTables(names).createAll(client);
      new OnceOnlyJobs(client, connection.labels()).run(run.jobId("append", sql), sql);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot add rows to " + table, e);
    }
  }

  @Override
  public <T> PTransform<PCollection<T>, PDone> upsert(
      WarehouseTable<T> table,
      SerializableFunction<T, Long> sequence,
      String runId,
      Instant startedAt) {
    return new StreamRows<>(table, names, services, sequence, new RunStamp(runId, startedAt));
  }

  @Override
  public String checksum(WarehouseTable<?> table, String runId, @Nullable DataInterval interval) {
    String sql = RunChecksum.sql(table.contract(), runId, interval, ROW_HASH);
    return (String) query(sql).value();
  }

  @Override
  public ImmutableList<TableChecksum> checksums(Set<String> leftOutColumns) {
    return TableChecksum.tables().stream()
        .map(
            table ->
                TableChecksum.of(this, table, ChecksumSql.of(table.contract(), leftOutColumns)))
        .collect(toImmutableList());
  }

  /**
   * Runs one SELECT. Tables are named {@code layer.table} in any environment.
   *
   * @throws WarehouseException when it is anything else, or BigQuery refuses it
   */
  @Override
  public QueryResult query(String sql) {
    String resolved = LayerNames.resolve(sql, names);
    BigQueryClient client = connection.client();
    try {
      Job dryRun = client.start(queryJob(client, resolved, true));
      String statement = dryRun.getStatistics().getQuery().getStatementType();
      if (!"SELECT".equals(statement)) {
        throw new WarehouseException("only SELECT is answered here, not " + statement);
      }
      Job job = client.await(client.start(queryJob(client, resolved, false)));
      ErrorProto error = job.getStatus().getErrorResult();
      if (error != null) {
        throw new WarehouseException(error.getMessage());
      }
      return client.results(job);
    } catch (GoogleJsonResponseException e) {
      String message = e.getDetails() == null ? e.getMessage() : e.getDetails().getMessage();
      throw new WarehouseException(message, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach " + this, e);
    }
  }

  private Job queryJob(BigQueryClient client, String sql, boolean dryRun) {
    return new Job()
        .setJobReference(
            new JobReference().setProjectId(client.project()).setLocation(client.location()))
        .setConfiguration(
            new JobConfiguration()
                .setDryRun(dryRun)
                .setLabels(connection.labels())
                .setQuery(new JobConfigurationQuery().setQuery(sql).setUseLegacySql(false)));
  }

  @Override
  public String toString() {
    return "bigquery:" + names.project() + (names.prefix().isEmpty() ? "" : "." + names.prefix());
  }
}
