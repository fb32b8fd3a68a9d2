package org.stripeanalytics.pipelines.local;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.beam.sdk.PipelineResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.observability.AlertChannels;
import org.stripeanalytics.observability.Incident;
import org.stripeanalytics.observability.OpenedIncidents;
import org.stripeanalytics.observability.RunContext;
import org.stripeanalytics.observability.RunLog;
import org.stripeanalytics.observability.secrets.SecretStores;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.RunContexts;
import org.stripeanalytics.pipelines.RunOptions;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.quality.DataTestsFailed;
import org.stripeanalytics.quality.RunFailedException;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.WarehouseInUseException;

/**
 * What an orchestrator does around a run, because a run that has failed cannot: a failure gets its
 * row in the run log and its lineage event, and people hear of what was not wrong before. Nothing
 * of it changes how the run ends.
 *
 * @param records where the run log and the results of earlier runs are, if it is there
 * @param results where this run leaves its own
 */
record WatchedRun(Terminal terminal, Warehouse records, Warehouse results, AlertChannels alerts) {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedRun.class);

  static AlertChannels channels(PipelineMain<?> pipeline) {
    return new AlertChannels(pipeline.manifest().alerts(), SecretStores.installed());
  }

  /**
   * Runs a pipeline to its end.
   *
   * @param stage its number and name, for people
   * @return how long it took
   * @throws RuntimeException what ended it early
   */
  Duration of(
      PipelineMain<?> pipeline,
      RunOptions options,
      String stage,
      Clock clock,
      Supplier<PipelineResult> start) {
    try {
      Duration taken = Progress.during(terminal, stage, System::nanoTime, start);
      watch(() -> tellDataTests(pipeline, options));
      return taken;
    } catch (BadInput | WarehouseException e) {
      // Refused before anything was begun.
      throw e;
    } catch (RuntimeException e) {
      watch(() -> fail(pipeline, options, clock, e));
      throw e;
    }
  }

  /** Each of the three goes its way whatever becomes of the others. */
  private void fail(
      PipelineMain<?> pipeline, RunOptions options, Clock clock, RuntimeException failure) {
    String message = sentence(failure);
    RunContext run = RunContexts.ofFailure(pipeline, options, clock);
    watch(() -> run.lineage().tellFailure(clock.instant(), message));
    // Before the row is written, which is not of an earlier run, but might be taken for one.
    watch(() -> alerts.tell(subject(pipeline, options), incidents(pipeline, options, failure)));
    if (records.exists()) {
      watch(() -> new RunLog(records, run).recordFailure(message));
    }
  }

  /** Where earlier runs cannot be asked for what they found, everything is new. */
  private ImmutableList<Incident> incidents(
      PipelineMain<?> pipeline, RunOptions options, RuntimeException failure) {
    Incident failed = new Incident(pipeline.name() + " has failed", sentence(failure));
    if (!records.exists()) {
      return ImmutableList.of(failed);
    }
    try {
      ImmutableList<Incident> opened =
          new OpenedIncidents(records)
              .ofFailure(pipeline.name(), options.getRunId(), sentence(failure));
      boolean dataTests = Throwables.getRootCause(failure) instanceof DataTestsFailed;
      return dataTests ? ofDataTests(options, opened) : opened;
    } catch (WarehouseException e) {
      LOG.warn("earlier runs could not be asked for what they found: {}", e.getMessage());
      return ImmutableList.of(failed);
    }
  }

  private void tellDataTests(PipelineMain<?> pipeline, RunOptions options) {
    if (pipeline.manifest().writes().contains("ops.quality_results")) {
      alerts.tell(subject(pipeline, options), ofDataTests(options, ImmutableList.of()));
    }
  }

  /** The tests that fail now and did not before; without results of any, what else is known. */
  private ImmutableList<Incident> ofDataTests(
      RunOptions options, ImmutableList<Incident> otherwise) {
    Warehouse before = records.exists() ? records : results;
    ImmutableList<Incident> tests =
        new OpenedIncidents(before).ofDataTests(results, options.getRunId());
    return tests.isEmpty() ? otherwise : tests;
  }

  private static String subject(PipelineMain<?> pipeline, RunOptions options) {
    return "%s, run %s".formatted(pipeline.name(), options.getRunId());
  }

  /** What is known to hold no data as it is; of anything else only its kind, and where. */
  static String sentence(Throwable thrown) {
    Optional<WarehouseInUseException> inUse = WarehouseInUseException.in(thrown);
    if (inUse.isPresent()) {
      return inUse.get().getMessage();
    }
    Throwable failure = Throwables.getRootCause(thrown);
    if (failure instanceof RunFailedException || failure instanceof DataTestsFailed) {
      return failure.getMessage();
    }
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith("org.stripeanalytics.")) {
        return failure.getClass().getSimpleName() + " at " + frame;
      }
    }
    return failure.getClass().getSimpleName();
  }

  /** Does something beside the run, which must not end otherwise for it. */
  private static void watch(Runnable beside) {
    try {
      beside.run();
    } catch (RuntimeException e) {
      LOG.warn("the run could not be recorded or told of: {}", sentence(e));
    }
  }
}
