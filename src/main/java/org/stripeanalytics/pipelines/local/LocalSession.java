package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.CommandLine;
import org.stripeanalytics.pipelines.IntervalOptions;
import org.stripeanalytics.pipelines.Manifest;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.RunLocalOptions;
import org.stripeanalytics.pipelines.RunOptions;
import org.stripeanalytics.pipelines.WarehouseOptions;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * What one {@code run-local} works with.
 *
 * @param args the command line, of a resumed run the one that it was started with
 * @param state how far it has come
 */
record LocalSession(
    ImmutableList<String> args,
    Arguments given,
    RunLocalOptions options,
    Warehouse warehouse,
    RunState state,
    boolean resumed) {

  /**
   * @param options those of {@code args}, checked and with the names of the run
   * @throws BadInput when they do not go together
   */
  static LocalSession of(ImmutableList<String> args, RunLocalOptions options) {
    return of(
        args,
        options,
        new RunState(
            args.stream().filter(LocalSession::isNoName).toList(),
            options.getRunId(),
            options.getIngestedAt(),
            ImmutableList.of()),
        /* resumed= */ false);
  }

  static LocalSession resumed(ImmutableList<String> args, RunLocalOptions options, RunState state) {
    return of(args, options, state, /* resumed= */ true);
  }

  private static LocalSession of(
      ImmutableList<String> args, RunLocalOptions options, RunState state, boolean resumed) {
    Arguments given = Arguments.parse(args);
    LocalSession session =
        new LocalSession(
            args,
            given,
            options,
            WarehouseOptions.find(options, RunOptions.clock(options)),
            state,
            resumed);
    if (session.isBackfill() && given.option("asOf").isPresent()) {
      throw new BadInput("--asOf has no place in a backfill; each month is seen from its end");
    }
    return session;
  }

  /** What names a run is kept apart from what else it was told. */
  private static boolean isNoName(String arg) {
    return !arg.startsWith("--runId=") && !arg.startsWith("--ingestedAt=");
  }

  /**
   * The warehouse of a run on a file.
   *
   * @throws ClassCastException when it is on a server
   */
  DuckDbWarehouse file() {
    return (DuckDbWarehouse) warehouse;
  }

  boolean isBackfill() {
    return given.option("from").isPresent() || given.option("to").isPresent();
  }

  /** Its tasks in an order in which they can be done, and those that each waits for. */
  ImmutableMap<LocalTask, ImmutableSet<LocalTask>> tasks() {
    return isBackfill()
        ? LocalTask.backfill(manifests(), IntervalOptions.interval(options))
        : LocalTask.once(manifests());
  }

  static ImmutableMap<String, Manifest> manifests() {
    ImmutableMap.Builder<String, Manifest> manifests = ImmutableMap.builder();
    Pipelines.ofSimulatedAccount()
        .forEach(pipeline -> manifests.put(pipeline.name(), pipeline.manifest()));
    return manifests.buildOrThrow();
  }

  /** The options of a task. A runner writes into those it is given, so each gets its own. */
  RunLocalOptions optionsOf(LocalTask task) {
    RunLocalOptions own = CommandLine.parse(RunLocalOptions.class, args);
    own.setRunId(runIdOf(task));
    own.setIngestedAt(options.getIngestedAt());
    own.setJobName(task.pipeline());
    task.days()
        .ifPresent(
            days -> {
              own.setFrom(days.from().toString());
              own.setTo(days.to().toString());
            });
    return own;
  }

  /** Tasks that run at the same time stage their rows apart. */
  String runIdOf(LocalTask task) {
    return task.days()
        .map(days -> "%s-%s-%s".formatted(options.getRunId(), task.pipeline(), days.from()))
        .orElse(options.getRunId());
  }

  /**
   * Refuses to go on when the tasks are not all in the run log of a warehouse: it may have been
   * removed, built anew or restored since they were done.
   *
   * @throws BadInput naming the first that is not there
   */
  void requireDone(Iterable<LocalTask> tasks, DuckDbWarehouse in) {
    for (LocalTask task : tasks) {
      if (!in.exists() || !isRecorded(task, in)) {
        throw new BadInput(
            "%s does not hold what run %s has left of %s; start the run anew, without --resume"
                .formatted(in.path(), options.getRunId(), task.name()));
      }
    }
  }

  private boolean isRecorded(LocalTask task, DuckDbWarehouse in) {
    String recorded =
        "SELECT COUNT(*) > 0 FROM ops.run_log AS r"
            + " WHERE r.pipeline = '%s' AND r._run_id = '%s' AND r.outcome = 'succeeded'";
    return in.mayHold(TableRead.of(Tables.RUN_LOG))
        && (Boolean) in.query(recorded.formatted(task.pipeline(), runIdOf(task))).value();
  }
}
