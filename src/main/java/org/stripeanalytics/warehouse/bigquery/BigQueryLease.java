package org.stripeanalytics.warehouse.bigquery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.common.collect.ImmutableMap;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.warehouse.RunClaim;
import org.stripeanalytics.warehouse.RunningJob;
import org.stripeanalytics.warehouse.WarehouseInUseException;

/**
 * The right to run one pipeline on the datasets of one prefix: a table without rows, which of any
 * number of processes only one can create. It expires within minutes and is kept alive by whoever
 * holds it, so a process that dies loses it within minutes. Where a job goes on after the process
 * that started it, the table names the job and stays as long as one attempt may take; whoever finds
 * it asks whether the job has ended. A table that is there is only ever taken over by a change that
 * BigQuery refuses if somebody else was faster.
 */
final class BigQueryLease implements RunClaim {
  /** Three renewals may fail before it is lost. */
  static final Duration LIFETIME = Duration.ofMinutes(8);

  static final Duration RENEWAL = LIFETIME.dividedBy(4);

  private static final Logger LOG = LoggerFactory.getLogger(BigQueryLease.class);
  private static final Duration ENDING = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 3;
  private static final String HOLDER = "holder";
  private static final String JOB = "dataflow_job";
  private static final String REGION = "dataflow_region";
  private static final String NONE = "";

  private final BigQueryClient client;
  private final TableReference table;
  private final ImmutableMap<String, String> labels;
  private final Clock clock;
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setNameFormat("lease-%d").setDaemon(true).build());

  private BigQueryLease(
      BigQueryClient client,
      TableReference table,
      ImmutableMap<String, String> labels,
      Clock clock) {
    this.client = client;
    this.table = table;
    this.labels = labels;
    this.clock = clock;
  }

  /**
   * Does not wait.
   *
   * @param hasEnded whether a job that holds the lease is done
   * @param where the warehouse, as people call it
   * @throws WarehouseInUseException when another process or job runs the pipeline
   */
  static BigQueryLease take(
      BigQueryClient client,
      TableNames names,
      String pipeline,
      Predicate<RunningJob> hasEnded,
      Clock clock,
      String where) {
    ImmutableMap<String, String> labels =
        ImmutableMap.<String, String>builder()
            .put(JobLabels.ENVIRONMENT, JobLabels.environment(names.prefix()))
            .put("pipeline", pipeline)
            .put(HOLDER, UUID.randomUUID().toString())
            .buildOrThrow();
    BigQueryLease lease = new BigQueryLease(client, names.lease(pipeline), labels, clock);
    try {
      new ContractTables(names).createLoads(client);
      if (!lease.tryTake(hasEnded)) {
        lease.renewals.shutdownNow();
        throw new WarehouseInUseException(
            "another %s is still at work on %s, so this one is skipped; wait for it to end"
                .formatted(pipeline, where));
      }
    } catch (IOException e) {
      lease.renewals.shutdownNow();
      throw new UncheckedIOException("cannot claim " + where, e);
    }
    var unused =
        lease.renewals.scheduleWithFixedDelay(
            lease::renewIfPossible, RENEWAL.toMillis(), RENEWAL.toMillis(), MILLISECONDS);
    return lease;
  }

  private boolean tryTake(Predicate<RunningJob> hasEnded) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      if (insert(resource())) {
        return true;
      }
      Optional<Table> found = client.table(table);
      if (found.isPresent()) {
        return isOver(found.get(), hasEnded) && patch(found.get(), held(NONE, NONE, LIFETIME));
      }
      // It has expired or was given back in between.
    }
    return false;
  }

  /** Makes the table unless somebody else has; an answer may be lost and the request repeated. */
  private boolean insert(Table made) throws IOException {
    return client.insertTable(made) || isMine();
  }

  /** Changes the table unless somebody else has; likewise. */
  private boolean patch(Table found, Table change) throws IOException {
    return client.patchIfUnchanged(table, change, found.getEtag()) || isMine();
  }

  private boolean isMine() throws IOException {
    return client.table(table).filter(this::isMine).isPresent();
  }

  private boolean isOver(Table found, Predicate<RunningJob> hasEnded) {
    String job = label(found, JOB);
    return !Instant.ofEpochMilli(found.getExpirationTime()).isAfter(clock.instant())
        || (!job.isEmpty() && hasEnded.test(new RunningJob(label(found, REGION), job)));
  }

  private boolean isMine(Table found) {
    return label(found, HOLDER).equals(labels.get(HOLDER));
  }

  private static String label(Table table, String name) {
    Map<String, String> labels = table.getLabels();
    return labels == null ? NONE : labels.getOrDefault(name, NONE);
  }

  private Table resource() {
    return held(NONE, NONE, LIFETIME)
        .setTableReference(table)
        .setDescription("Whoever has made this table may run the pipeline; it expires by itself")
        .setSchema(
            new TableSchema()
                .setFields(List.of(new TableFieldSchema().setName("nothing").setType("STRING"))));
  }

  private Table held(String region, String job, Duration lifetime) {
    return new Table()
        .setLabels(
            ImmutableMap.<String, String>builder()
                .putAll(labels)
                .put(REGION, region)
                .put(JOB, job)
                .buildOrThrow())
        .setExpirationTime(clock.instant().plus(lifetime).toEpochMilli());
  }

  private void renewIfPossible() {
    try {
      renew();
    } catch (IOException | RuntimeException e) {
      // The next renewal may come through; a task that throws would be the last.
      LOG.warn("the lease {} was not renewed", table.getTableId(), e);
    }
  }

  /** Puts the end off; makes the table again if it has expired and nobody else has taken it. */
  void renew() throws IOException {
    Optional<Table> found = client.table(table);
    boolean kept =
        found.isEmpty()
            ? insert(resource())
            : isMine(found.get()) && patch(found.get(), held(NONE, NONE, LIFETIME));
    if (!kept) {
      LOG.warn("the lease {} is another run's now; the two overlap", table.getTableId());
      renewals.shutdown();
    }
  }

  @Override
  public void leaveTo(RunningJob job, Duration atMost) {
    endRenewals();
    try {
      boolean left = false;
      for (int i = 0; i < ATTEMPTS && !left; i++) {
        left = tryLeaveTo(held(job.region(), job.id(), atMost));
      }
      if (!left) {
        LOG.warn("the lease {} could not be left to job {}", table.getTableId(), job.id());
      }
    } catch (IOException e) {
      // The job runs all the same; a launch within its time would run beside it.
      LOG.warn("the lease {} could not be left to job {}", table.getTableId(), job.id(), e);
    }
  }

  private boolean tryLeaveTo(Table kept) throws IOException {
    Optional<Table> found = client.table(table);
    return found.isEmpty()
        ? insert(resource().setLabels(kept.getLabels()).setExpirationTime(kept.getExpirationTime()))
        : isMine(found.get())
            && (found.get().getLabels().equals(kept.getLabels())
                || client.patchIfUnchanged(table, kept, found.get().getEtag()));
  }

  @Override
  public void close() {
    endRenewals();
    try {
      if (isMine()) {
        client.delete(table);
      }
    } catch (IOException e) {
      // The run has ended as it has; the table expires by itself.
      LOG.warn("the lease {} was not given back", table.getTableId(), e);
    }
  }

  /** After this none is under way that would undo what comes next. */
  private void endRenewals() {
    renewals.shutdownNow();
    try {
      if (!renewals.awaitTermination(ENDING.toMillis(), MILLISECONDS)) {
        LOG.warn("a renewal of the lease {} does not end", table.getTableId());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
