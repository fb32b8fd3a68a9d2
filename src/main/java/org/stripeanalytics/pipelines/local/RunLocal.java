package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.Closer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.beam.sdk.PipelineResult;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.CommandLine;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.LineageOptions;
import org.stripeanalytics.pipelines.OptionsView;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.RunLocalOptions;
import org.stripeanalytics.pipelines.RunOptions;
import org.stripeanalytics.pipelines.RunWarehouse;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.WarehouseLocation;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.WarehouseClaim;
import org.stripeanalytics.warehouse.duckdb.WarehouseReplacement;

/**
 * The command {@code run-local}, the orchestrator of one machine: runs every pipeline in the order
 * that the manifests give, in this process. Without {@code --from} and {@code --to} it builds a new
 * warehouse that takes the old one's place at the end, and writes its report; until then, and
 * whenever it ends early, the old one stays as it is, but for the row of its run log that says so.
 * With them it fills in those days of the warehouse that is there, month by month, each task
 * publishing on its own. So it does on a server, whose tables are kept as they are.
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

  /**
   * @throws BadInput when the options cannot be used
   * @throws WarehouseException when the warehouse cannot be
   */
  int run(List<String> args) throws Exception {
    if (args.contains("--help")) {
      terminal.answer(
          OptionsHelp.of("run-local", RunLocalOptions.class) + LocalEngine.DEFAULTS + "\n");
      terminal.answer(FollowCommand.USAGE);
      return ExitStatus.DONE;
    }
    Arguments given = Arguments.parse(args);
    if (given.option("resume").isPresent()) {
      return resume(given);
    }
    ImmutableList<String> complete = LocalEngine.withRunnerOfAccount(args, given);
    RunLocalOptions options = checked(complete, given);
    if (options.getDryRun()) {
      terminal.answer(describe(LocalSession.of(complete, options)));
      return ExitStatus.DONE;
    }
    if (WarehouseLocation.parse(options.getWarehouse()) instanceof WarehouseLocation.PostgreSql) {
      LocalSession session = LocalSession.of(complete, options);
      try (Closer claims = Closer.create()) {
        for (String pipeline :
            session.tasks().keySet().stream().map(LocalTask::pipeline).distinct().toList()) {
          RunWarehouse.claim(options, pipeline).ifPresent(claims::register);
        }
        return runOnServer(session);
      }
    }
    Path file = WarehouseLocation.parseLocal(options.getWarehouse()).file();
    try (WarehouseClaim unused = WarehouseClaim.of(file)) {
      return run(LocalSession.of(complete, options));
    }
  }

  /**
   * Runs the tasks on the tables as they are, each publishing on its own. There is nothing half
   * built to go on with: whoever starts the run anew gets the same tables.
   */
  private int runOnServer(LocalSession session) throws Exception {
    long startedAt = System.nanoTime();
    Path report = WriteReport.writableDirectory("report", session.options().getReport());
    session.warehouse().createTables();
    ImmutableMap<LocalTask, ImmutableSet<LocalTask>> graph = session.tasks();
    ImmutableList<LocalTask> order = graph.keySet().asList();
    int parallel = session.isBackfill() ? session.options().getParallelTasks() : 1;
    Map<String, Duration> times = Collections.synchronizedMap(new LinkedHashMap<>());
    new RunTasks(LocalSession.manifests(), parallel, pause, terminal)
        .run(
            graph,
            ImmutableSet.of(),
            task ->
                times.put(
                    task.name(),
                    runOne(
                        task,
                        stage(task, order),
                        session,
                        session.warehouse(),
                        session.options().getWarehouse(),
                        parallel)),
            task -> {});
    return finish(session, times, startedAt, report, session.options()::getWarehouse);
  }

  private static String stage(LocalTask task, ImmutableList<LocalTask> order) {
    return "[%d/%d] %s".formatted(order.indexOf(task) + 1, order.size(), task.name());
  }

  private int resume(Arguments given) throws Exception {
    given.allowOnly(ImmutableSet.of("resume", "warehouse"));
    Path file =
        WarehouseLocation.parseLocal(given.option("warehouse").orElse(WarehouseLocation.DEFAULT))
            .file();
    RunState.require(file);
    try (WarehouseClaim unused = WarehouseClaim.of(file)) {
      RunState state = RunState.read(file);
      ImmutableList<String> complete =
          // The folder may have been moved since, or be a copy of the one of the run.
          Stream.concat(
                  state.args().stream().filter(arg -> !arg.startsWith("--warehouse=")),
                  Stream.of(
                      "--warehouse=" + file,
                      "--runId=" + state.runId(),
                      "--ingestedAt=" + state.ingestedAt()))
              .collect(ImmutableList.toImmutableList());
      RunLocalOptions options = checked(complete, Arguments.parse(complete));
      return run(LocalSession.resumed(complete, options, state));
    }
  }

  private int run(LocalSession session) throws Exception {
    long startedAt = System.nanoTime();
    Path report = WriteReport.writableDirectory("report", session.options().getReport());
    Map<String, Duration> times = session.isBackfill() ? fillIn(session) : replace(session);
    Path file = session.file().path();
    return finish(
        session,
        times,
        startedAt,
        report,
        () -> "%s  (%,d MB)".formatted(file, Math.round(file.toFile().length() / 1e6)));
  }

  /**
   * Writes the report and says what came of the run.
   *
   * @param place where the tables are, and how much room they take there
   */
  private int finish(
      LocalSession session,
      Map<String, Duration> times,
      long startedAt,
      Path report,
      Supplier<String> place)
      throws IOException {
    try (Warehouse.Hold unused = session.warehouse().holdOpen()) {
      long reporting = System.nanoTime();
      Path page =
          WriteReport.write(session.warehouse(), report, RunOptions.ingestedAt(session.options()));
      times.put("report", Duration.ofNanos(System.nanoTime() - reporting));
      Duration total = Duration.ofNanos(System.nanoTime() - startedAt);
      terminal.answer(
          Summary.of(
                  session.warehouse(),
                  session.options().getRunner().getSimpleName(),
                  ImmutableMap.copyOf(times),
                  total,
                  place.get(),
                  page)
              .render());
      return ExitStatus.DONE;
    }
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

  /** Builds everything in a new file. What is built of it is kept when a later task fails. */
  private Map<String, Duration> replace(LocalSession session) throws Exception {
    DuckDbWarehouse warehouse = session.file();
    if (!session.resumed()) {
      // Before what it describes: a state without its half-built file would be worth nothing.
      RunState.delete(warehouse.path());
    }
    Map<String, Duration> times;
    try (WarehouseReplacement replacement =
        session.resumed() ? warehouse.resumedReplacement() : warehouse.replacement()) {
      Thread discard = new Thread(replacement::close, "discard-half-built-warehouse");
      Runtime.getRuntime().addShutdownHook(discard);
      try (Warehouse.Hold unused = replacement.building().holdOpen()) {
        times = runAll(session, replacement.building(), 1, task -> replacement.keep());
        session.requireDone(session.tasks().keySet(), replacement.building());
      } finally {
        Runtime.getRuntime().removeShutdownHook(discard);
      }
      long committing = System.nanoTime();
      // Once the file has its name nothing is left to go on with.
      replacement.commit(() -> RunState.delete(warehouse.path()));
      times.put("replace", Duration.ofNanos(System.nanoTime() - committing));
    }
    return times;
  }

  /** Runs the months of an interval on the warehouse as it is. */
  private Map<String, Duration> fillIn(LocalSession session) throws Exception {
    DuckDbWarehouse warehouse = session.file();
    if (!session.resumed()) {
      RunState.delete(warehouse.path());
      warehouse.createTables();
    }
    Map<String, Duration> times;
    try (Warehouse.Hold unused = warehouse.holdOpen()) {
      times = runAll(session, warehouse, session.options().getParallelTasks(), task -> {});
    }
    RunState.delete(warehouse.path());
    return times;
  }

  private Map<String, Duration> runAll(
      LocalSession session, DuckDbWarehouse target, int parallel, Consumer<LocalTask> whenDone)
      throws Exception {
    Path warehouse = session.file().path();
    ImmutableMap<LocalTask, ImmutableSet<LocalTask>> graph = session.tasks();
    AtomicReference<RunState> state = new AtomicReference<>(session.state());
    ImmutableSet<String> done = ImmutableSet.copyOf(state.get().done());
    session.requireDone(
        graph.keySet().stream().filter(task -> done.contains(task.name())).toList(), target);
    ImmutableList<LocalTask> order = graph.keySet().asList();
    Map<String, Duration> times = Collections.synchronizedMap(new LinkedHashMap<>());
    try (ResumeHint unused =
        ResumeHint.of(terminal, warehouse, () -> isOnTheWay(state.get(), order))) {
      new RunTasks(LocalSession.manifests(), parallel, pause, terminal)
          .run(
              graph,
              done,
              task -> {
                String location = "duckdb:" + target.path();
                times.put(
                    task.name(),
                    runOne(task, stage(task, order), session, target, location, parallel));
              },
              task -> {
                whenDone.accept(task);
                state.set(state.get().with(task));
                state.get().write(warehouse);
              });
    }
    return times;
  }

  private static boolean isOnTheWay(RunState state, ImmutableList<LocalTask> order) {
    return !state.done().isEmpty() && state.done().size() < order.size();
  }

  private Duration runOne(
      LocalTask task,
      String stage,
      LocalSession session,
      Warehouse target,
      String location,
      int parallel) {
    PipelineMain<?> pipeline = Pipelines.named(task.pipeline());
    RunLocalOptions own = session.optionsOf(task);
    own.setWarehouse(location);
    int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / parallel);
    LocalEngine.configure(own, session.given(), cores);
    own.setLineage(LineageOptions.target(session.options(), session.options().getWarehouse()));
    return new WatchedRun(terminal, session.warehouse(), target, WatchedRun.channels(pipeline))
        .of(pipeline, own, stage, clock, () -> start(pipeline, own));
  }

  private static String describe(LocalSession session) {
    StringBuilder text = new StringBuilder();
    for (LocalTask task : session.tasks().keySet()) {
      text.append(describe(Pipelines.named(task.pipeline()), session.optionsOf(task)));
    }
    return text.toString();
  }

  private static <O extends RunOptions> String describe(
      PipelineMain<O> pipeline, RunLocalOptions options) {
    return pipeline.describe(OptionsView.of(options, pipeline.options()));
  }

  private static <O extends RunOptions> PipelineResult start(
      PipelineMain<O> pipeline, RunLocalOptions options) {
    return pipeline.start(OptionsView.of(options, pipeline.options()));
  }
}
