package org.stripeanalytics.pipelines.local;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.beam.sdk.PipelineResult;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.observability.AlertChannels;
import org.stripeanalytics.observability.Incident;
import org.stripeanalytics.observability.OpenedIncidents;
import org.stripeanalytics.observability.RunContext;
import org.stripeanalytics.observability.RunLog;
import org.stripeanalytics.observability.secrets.SecretStores;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.Manifest;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.RunContexts;
import org.stripeanalytics.pipelines.RunOptions;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.quality.DataTestsFailed;
import org.stripeanalytics.quality.RunFailedException;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * What an orchestrator does around a run, because a run that has failed cannot: a failure gets its
 * row in the run log and its lineage event, and people hear of what was not wrong before. Nothing
 * of it changes how the run ends.
 *
 * @param records where the run log and the results of earlier runs are; null if there are none yet
 * @param results where this run leaves its own
 */
record WatchedRun(
    Terminal terminal, @Nullable Warehouse records, Warehouse results, AlertChannels alerts) {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedRun.class);

  static AlertChannels channels(PipelineMain<?> pipeline) {
    return new AlertChannels(Manifest.of(pipeline).alerts(), SecretStores.installed());
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

  private void fail(
      PipelineMain<?> pipeline, RunOptions options, Clock clock, RuntimeException failure) {
    String message = sentence(Throwables.getRootCause(failure));
    RunContext run = RunContexts.ofFailure(pipeline, options, clock);
    run.lineage().tellFailure(clock.instant(), message);
    // Asked first: the row that is about to be written is not of an earlier run, but might be.
    ImmutableList<Incident> opened =
        records == null
            ? ImmutableList.of(new Incident(pipeline.name() + " has failed", message))
            : new OpenedIncidents(records).ofFailure(pipeline.name(), options.getRunId(), message);
    boolean dataTests = Throwables.getRootCause(failure) instanceof DataTestsFailed;
    alerts.tell(subject(pipeline, options), dataTests ? ofDataTests(options, opened) : opened);
    if (records != null) {
      new RunLog(records, run).recordFailure(message);
    }
  }

  private void tellDataTests(PipelineMain<?> pipeline, RunOptions options) {
    if (Manifest.of(pipeline).writes().contains("ops.quality_results")) {
      alerts.tell(subject(pipeline, options), ofDataTests(options, ImmutableList.of()));
    }
  }

  /** The tests that fail now and did not before; without results of any, what else is known. */
  private ImmutableList<Incident> ofDataTests(
      RunOptions options, ImmutableList<Incident> otherwise) {
    Warehouse before = records == null ? results : records;
    ImmutableList<Incident> tests =
        new OpenedIncidents(before).ofDataTests(results, options.getRunId());
    return tests.isEmpty() ? otherwise : tests;
  }

  private static String subject(PipelineMain<?> pipeline, RunOptions options) {
    return "%s, run %s".formatted(pipeline.name(), options.getRunId());
  }

  /** What is known to hold no data as it is; of anything else only its kind, and where. */
  static String sentence(Throwable failure) {
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
      LOG.warn(
          "the run could not be recorded or told of: {}", sentence(Throwables.getRootCause(e)));
    }
  }
}
