package org.stripeanalytics.warehouse.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.api.services.bigquery.model.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.extraction.MovableClock;
import org.stripeanalytics.pipelines.CommandLine;
import org.stripeanalytics.pipelines.RunWarehouse;
import org.stripeanalytics.pipelines.TransformOptions;
import org.stripeanalytics.warehouse.RunClaim;
import org.stripeanalytics.warehouse.RunningJob;
import org.stripeanalytics.warehouse.WarehouseInUseException;

/** Runs of one pipeline do not overlap, whatever becomes of a process or a job that has begun. */
class BigQueryLeaseTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final RunningJob JOB = new RunningJob("us-central1", "2026-01-01_04_00_00-17");

  @TempDir private Path folder;
  private LocalBigQuery bigQuery;
  private final MovableClock clock = new MovableClock(NOON);
  private boolean jobsHaveEnded;

  @BeforeEach
  void start() throws Exception {
    bigQuery = LocalBigQuery.start(folder);
  }

  @AfterEach
  void stop() {
    bigQuery.close();
  }

  @Test
  void aSecondRunOfAPipelineIsRefusedUntilTheFirstHasEnded() {
    RunClaim first = claim("transform");

    assertThat(
        refusal(),
        is(
            "another transform is still at work on bigquery:a-project.dev, so this one is skipped;"
                + " wait for it to end"));
    first.close();
    assertThat("what is left", bigQuery.tables().resources("dev_loads"), hasSize(0));
    claim("transform").close();
  }

  @Test
  void otherPipelinesAndOtherEnvironmentsGoOn() {
    try (RunClaim unused = claim("transform")) {
      assertDoesNotThrow(() -> claim("ingest").close());
      assertDoesNotThrow(() -> claim("prod", "transform").close());
    }
  }

  @Test
  void ofManyThatStartTogetherOneRuns() throws Exception {
    ExecutorService processes = Executors.newFixedThreadPool(8);
    List<Future<Boolean>> taken = processes.invokeAll(Collections.nCopies(16, this::isTaken));
    processes.shutdown();

    int running = 0;
    for (Future<Boolean> one : taken) {
      running += one.get() ? 1 : 0;
    }
    assertThat(running, is(1));
  }

  @Test
  void aProcessThatLivesKeepsItsClaimAndOneThatDiedHoldsNothing() throws Exception {
    BigQueryLease living = claim("transform");
    for (int i = 0; i < 20; i++) {
      pass(BigQueryLease.RENEWAL);
      living.renew();
    }
    assertThat(refusal().isEmpty(), is(false));

    // From here on it renews no more.
    pass(BigQueryLease.LIFETIME.minusSeconds(1));
    assertThat(refusal().isEmpty(), is(false));
    pass(Duration.ofSeconds(1));
    claim("transform").close();
  }

  @Test
  void aTableThatHasExpiredAndIsStillThereIsTakenOverByOne() throws Exception {
    BigQueryLease late = claim("transform");
    // BigQuery may be late to delete it.
    clock.advance(BigQueryLease.LIFETIME);
    ofManyThatStartTogetherOneRuns();

    Table held = bigQuery.tables().resource("dev_loads", "_lease_transform").clone();
    late.renew();
    late.close();
    assertThat(
        "whoever was too late leaves it alone",
        bigQuery.tables().resource("dev_loads", "_lease_transform"),
        is(held));
  }

  @Test
  void aJobKeepsTheClaimAfterItsLauncherUntilItHasEnded() throws Exception {
    claim("transform").leaveTo(JOB, Duration.ofMinutes(40));
    pass(Duration.ofMinutes(39));
    assertThat(refusal().isEmpty(), is(false));

    // A retry that the orchestrator starts when the job has failed does not wait for the rest.
    jobsHaveEnded = true;
    claim("transform").close();
  }

  @Test
  void aJobOfWhichNothingIsHeardKeepsItNoLongerThanAnAttemptMayTake() throws Exception {
    claim("transform").leaveTo(JOB, Duration.ofMinutes(40));
    pass(Duration.ofMinutes(40));

    claim("transform").close();
  }

  @Test
  void aLeaseThatExpiredUnnoticedIsMadeAgainByItsHolder() throws Exception {
    BigQueryLease slow = claim("transform");
    pass(BigQueryLease.LIFETIME);
    assertThat(bigQuery.tables().resource("dev_loads", "_lease_transform"), is(nullValue()));
    slow.renew();

    assertThat(refusal().isEmpty(), is(false));
    slow.close();
  }

  @Test
  void aPipelineThatIsStartedOnBigQueryTakesIt() {
    TransformOptions options =
        CommandLine.parse(TransformOptions.class, List.of("--warehouse=bigquery:a-project.dev"));
    LocalWarehouses.configure(options, bigQuery, folder);
    RunClaim first = RunWarehouse.claim(options, "transform").orElseThrow();

    assertThrows(WarehouseInUseException.class, () -> RunWarehouse.claim(options, "transform"));
    first.close();
    RunWarehouse.claim(options, "transform").orElseThrow().close();
    assertThat(
        "a job that never ends", RunWarehouse.claim(options, "stream").isPresent(), is(false));
  }

  private boolean isTaken() {
    try {
      var unused = claim("transform");
      return true;
    } catch (WarehouseInUseException e) {
      return false;
    }
  }

  private String refusal() {
    return assertThrows(WarehouseInUseException.class, () -> claim("transform")).getMessage();
  }

  private BigQueryLease claim(String pipeline) {
    return claim("dev", pipeline);
  }

  private BigQueryLease claim(String prefix, String pipeline) {
    PipelineOptions options = LocalWarehouses.options(bigQuery, folder);
    return (BigQueryLease)
        BigQueryWarehouse.open("a-project", prefix, "EU", ZoneId.of("UTC"), options)
            .claim(pipeline, job -> job.equals(JOB) && jobsHaveEnded, clock);
  }

  private void pass(Duration time) throws Exception {
    clock.advance(time);
    bigQuery.tables().expire(clock.instant());
  }
}
