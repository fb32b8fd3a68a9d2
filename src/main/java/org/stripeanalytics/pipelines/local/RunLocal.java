package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.beam.sdk.PipelineResult;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.CommandLine;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.IntervalOptions;
import org.stripeanalytics.pipelines.LineageOptions;
import org.stripeanalytics.pipelines.Manifest;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.RunLocalOptions;
import org.stripeanalytics.pipelines.RunOptions;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.WarehouseLocation;
import org.stripeanalytics.pipelines.WarehouseOptions;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.WarehouseReplacement;

/**
 * The command {@code run-local}, the orchestrator of one machine: runs every pipeline in the order
 * that the manifests give, in this process. Without {@code --from} and {@code --to} it builds a new
 * warehouse that takes the old one's place at the end, and writes its report; until then, and
 * whenever it ends early, the old one stays as it is, but for the row of its run log that says so.
 * With them it fills in those days of the warehouse that is there, month by month, each task
 * publishing on its own.
 *
 * <p>After a failure {@code --resume} goes on with the task that has failed.
 */
final class RunLocal {
  private final Terminal terminal;
  private final Clock clock;
  private final RunTasks.Pause pause;

  RunLocal(Terminal terminal, Clock clock, RunTasks.Pause pause) {
    this.terminal = terminal;
    this.clock = clock;
    this.pause = pause;
  }

  /** What one run works with. */
  private record Session(
      ImmutableList<String> args,
      Arguments given,
      RunLocalOptions options,
      DuckDbWarehouse warehouse,
      boolean resumed,
      boolean backfill) {}

  /**
   * @throws BadInput when the options cannot be used
   * @throws WarehouseException when the warehouse cannot be
   */
  int run(List<String> args) throws Exception {
    if (args.contains("--help")) {
      terminal.answer(OptionsHelp.of("run-local", RunLocalOptions.class));
      return ExitStatus.DONE;
    }
    long startedAt = System.nanoTime();
    Session session = session(args);
    RunLocalOptions options = session.options();
    if (options.getDryRun()) {
      terminal.answer(describe(session));
      return ExitStatus.DONE;
    }
    Path report = WriteReport.directory("report", options.getReport());
    DuckDbWarehouse warehouse = session.warehouse();
    Map<String, Duration> times = session.backfill() ? fillIn(session) : replace(session);
    RunState.delete(warehouse.path());
    long reporting = System.nanoTime();
    Path page = WriteReport.write(warehouse, report, RunOptions.ingestedAt(options));
    times.put("report", Duration.ofNanos(System.nanoTime() - reporting));
    Duration total = Duration.ofNanos(System.nanoTime() - startedAt);
    Path file = WarehouseLocation.parseLocal(options.getWarehouse()).file();
    terminal.answer(
        Summary.of(warehouse, ImmutableMap.copyOf(times), total, file, Files.size(file), page)
            .render());
    return ExitStatus.DONE;
  }

  private Session session(List<String> args) {
    Arguments given = Arguments.parse(args);
    if (given.option("resume").isEmpty()) {
      ImmutableList<String> complete = LocalEngine.withDefaultRunner(args, given);
      return session(complete, given, checked(complete, given), /* resumed= */ false);
    }
    given.allowOnly(ImmutableSet.of("resume", "warehouse"));
    Path file =
        WarehouseLocation.parseLocal(given.option("warehouse").orElse(WarehouseLocation.DEFAULT))
            .file();
    RunState state = RunState.read(file);
    ImmutableList<String> complete =
        Stream.concat(
                state.args().stream(),
                Stream.of("--runId=" + state.runId(), "--ingestedAt=" + state.ingestedAt()))
            .collect(ImmutableList.toImmutableList());
    Arguments before = Arguments.parse(complete);
    return session(complete, before, checked(complete, before), /* resumed= */ true);
  }

  private Session session(
      ImmutableList<String> args, Arguments given, RunLocalOptions options, boolean resumed) {
    boolean backfill = given.option("from").isPresent() || given.option("to").isPresent();
    if (backfill && given.option("asOf").isPresent()) {
      throw new BadInput("--asOf has no place in a backfill; each month is seen from its end");
    }
    return new Session(
        args,
        given,
        options,
        DuckDbWarehouse.open(
            WarehouseLocation.parseLocal(options.getWarehouse()).file(),
            WarehouseOptions.reportingZone(options),
            RunOptions.clock(options)),
        resumed,
        backfill);
  }

  private RunLocalOptions checked(ImmutableList<String> args, Arguments given) {
    RunLocalOptions options = CommandLine.parse(RunLocalOptions.class, args);
    List<String> faults = new ArrayList<>();
    LocalEngine.check(given, faults);
    RunLocalOptions.check(options, faults);
    if (!faults.isEmpty()) {
      throw new BadInput(faults);
    }
    RunOptions.identify(options, clock);
    return options;
  }

  private static ImmutableMap<String, Manifest> manifests() {
    ImmutableMap.Builder<String, Manifest> manifests = ImmutableMap.builder();
    Pipelines.ofSimulatedAccount()
        .forEach(pipeline -> manifests.put(pipeline.name(), Manifest.of(pipeline)));
    return manifests.buildOrThrow();
  }

  /** Builds everything in a new file. What is built of it is kept when a later task fails. */
  private Map<String, Duration> replace(Session session) throws Exception {
    DuckDbWarehouse warehouse = session.warehouse();
    Map<String, Duration> times;
    try (WarehouseReplacement replacement =
        session.resumed() ? warehouse.resumedReplacement() : warehouse.replacement()) {
      if (session.resumed()) {
        replacement.keep();
      }
      Thread discard = new Thread(replacement::close, "discard-half-built-warehouse");
      Runtime.getRuntime().addShutdownHook(discard);
      try {
        times =
            runAll(
                LocalTask.once(manifests()),
                session,
                replacement.building(),
                1,
                task -> replacement.keep());
      } finally {
        Runtime.getRuntime().removeShutdownHook(discard);
      }
      long committing = System.nanoTime();
      replacement.commit();
      times.put("replace", Duration.ofNanos(System.nanoTime() - committing));
    }
    return times;
  }

  /** Runs the months of an interval on the warehouse as it is. */
  private Map<String, Duration> fillIn(Session session) throws Exception {
    session.warehouse().createTables();
    return runAll(
        LocalTask.backfill(manifests(), IntervalOptions.interval(session.options())),
        session,
        session.warehouse(),
        session.options().getParallelTasks(),
        task -> {});
  }

  private Map<String, Duration> runAll(
      ImmutableMap<LocalTask, ImmutableSet<LocalTask>> graph,
      Session session,
      DuckDbWarehouse target,
      int parallel,
      Consumer<LocalTask> whenDone)
      throws Exception {
    Path warehouse = session.warehouse().path();
    RunState[] state = {
      session.resumed()
          ? RunState.read(warehouse)
          : new RunState(
              session.args().stream().filter(RunLocal::isNoName).toList(),
              session.options().getRunId(),
              session.options().getIngestedAt(),
              List.of())
    };
    if (!session.resumed()) {
      RunState.delete(warehouse);
    }
    ImmutableList<LocalTask> order = graph.keySet().asList();
    Map<String, Duration> times = Collections.synchronizedMap(new LinkedHashMap<>());
    try {
      new RunTasks(manifests(), parallel, pause, terminal)
          .run(
              graph,
              ImmutableSet.copyOf(state[0].done()),
              task -> {
                String stage =
                    "[%d/%d] %s".formatted(order.indexOf(task) + 1, order.size(), task.name());
                times.put(task.name(), runOne(task, stage, session, target, parallel));
              },
              task -> {
                whenDone.accept(task);
                state[0] = state[0].with(task);
                state[0].write(warehouse);
              });
    } finally {
      if (state[0].done().size() < order.size() && !state[0].done().isEmpty()) {
        terminal.say(
            "what is done is kept; run-local --resume --warehouse=%s goes on with the rest"
                .formatted(warehouse));
      }
    }
    return times;
  }

  /** What names a run is kept apart from what else it was told. */
  private static boolean isNoName(String arg) {
    return !arg.startsWith("--runId=") && !arg.startsWith("--ingestedAt=");
  }

  private Duration runOne(
      LocalTask task, String stage, Session session, DuckDbWarehouse target, int parallel) {
    PipelineMain<?> pipeline = Pipelines.named(task.pipeline());
    RunLocalOptions own = ownOptions(task, session);
    own.setWarehouse("duckdb:" + target.path());
    int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / parallel);
    LocalEngine.configure(own, session.given(), cores);
    own.setLineage(LineageOptions.target(session.options(), session.options().getWarehouse()));
    DuckDbWarehouse records = Files.exists(session.warehouse().path()) ? session.warehouse() : null;
    return new WatchedRun(terminal, records, target, WatchedRun.channels(pipeline))
        .of(pipeline, own, stage, clock, () -> start(pipeline, own));
  }

  /** A runner writes into the options it is given, so each task gets its own. */
  private static RunLocalOptions ownOptions(LocalTask task, Session session) {
    RunLocalOptions own = CommandLine.parse(RunLocalOptions.class, session.args());
    own.setRunId(session.options().getRunId());
    own.setIngestedAt(session.options().getIngestedAt());
    own.setJobName(task.pipeline());
    task.days()
        .ifPresent(
            days -> {
              own.setFrom(days.from().toString());
              own.setTo(days.to().toString());
              // Tasks that run at the same time stage their rows apart.
              own.setRunId("%s-%s-%s".formatted(own.getRunId(), task.pipeline(), days.from()));
            });
    return own;
  }

  private String describe(Session session) {
    StringBuilder text = new StringBuilder();
    for (LocalTask task :
        (session.backfill()
                ? LocalTask.backfill(manifests(), IntervalOptions.interval(session.options()))
                : LocalTask.once(manifests()))
            .keySet()) {
      text.append(describe(Pipelines.named(task.pipeline()), ownOptions(task, session)));
    }
    return text.toString();
  }

  private static <O extends RunOptions> String describe(
      PipelineMain<O> pipeline, RunLocalOptions options) {
    return pipeline.describe(options.as(pipeline.options()));
  }

  private static <O extends RunOptions> PipelineResult start(
      PipelineMain<O> pipeline, RunLocalOptions options) {
    return pipeline.start(options.as(pipeline.options()));
  }
}
