package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.CommandLine;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Manifest;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.RunLocalOptions;
import org.stripeanalytics.pipelines.RunOptions;
import org.stripeanalytics.pipelines.TaskOrder;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.WarehouseLocation;
import org.stripeanalytics.pipelines.WarehouseOptions;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.WarehouseReplacement;

/**
 * The command {@code run-local}, the orchestrator of one machine: runs every pipeline in the order
 * that the manifests give, in this process, into a new warehouse that takes the old one's place at
 * the end, and writes its report. Until then, and whenever it ends early, the old one stays as it
 * is.
 */
final class RunLocal {
  private final Terminal terminal;
  private final Clock clock;

  RunLocal(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /**
   * @throws BadInput when the options cannot be used
   * @throws WarehouseException when the warehouse cannot be
   */
  int run(List<String> args) throws IOException {
    if (args.contains("--help")) {
      terminal.answer(OptionsHelp.of("run-local", RunLocalOptions.class));
      return ExitStatus.DONE;
    }
    long startedAt = System.nanoTime();
    Arguments given = Arguments.parse(args);
    ImmutableList<String> complete = LocalEngine.withDefaultRunner(args, given);
    RunLocalOptions options = checked(complete, given);

    Path report = WriteReport.directory("report", options.getReport());
    Path file = WarehouseLocation.parseLocal(options.getWarehouse()).file();
    DuckDbWarehouse warehouse =
        DuckDbWarehouse.open(
            file, WarehouseOptions.reportingZone(options), RunOptions.clock(options));
    Map<String, Duration> times;
    try (WarehouseReplacement replacement = warehouse.replacement()) {
      Thread discard = new Thread(replacement::close, "discard-half-built-warehouse");
      Runtime.getRuntime().addShutdownHook(discard);
      times = runAll(complete, given, options, replacement.building());
      long committing = System.nanoTime();
      replacement.commit();
      times.put("replace", Duration.ofNanos(System.nanoTime() - committing));
      Runtime.getRuntime().removeShutdownHook(discard);
    }
    long reporting = System.nanoTime();
    Path page = WriteReport.write(warehouse, report, RunOptions.ingestedAt(options));
    times.put("report", Duration.ofNanos(System.nanoTime() - reporting));
    Duration total = Duration.ofNanos(System.nanoTime() - startedAt);
    terminal.answer(
        Summary.of(warehouse, ImmutableMap.copyOf(times), total, file, Files.size(file), page)
            .render());
    return ExitStatus.DONE;
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

  private Map<String, Duration> runAll(
      ImmutableList<String> args,
      Arguments given,
      RunLocalOptions options,
      DuckDbWarehouse building) {
    Map<PipelineMain<?>, Manifest> manifests = new LinkedHashMap<>();
    Pipelines.ofSimulatedAccount()
        .forEach(pipeline -> manifests.put(pipeline, Manifest.of(pipeline)));
    ImmutableList<PipelineMain<?>> order = TaskOrder.of(manifests);
    Map<String, Duration> times = new LinkedHashMap<>();
    for (PipelineMain<?> pipeline : order) {
      // A runner writes into the options it is given, so each pipeline gets its own.
      RunLocalOptions own = CommandLine.parse(RunLocalOptions.class, args);
      own.setWarehouse("duckdb:" + building.path());
      own.setRunId(options.getRunId());
      own.setIngestedAt(options.getIngestedAt());
      own.setJobName(pipeline.name());
      LocalEngine.configure(own, given, Runtime.getRuntime().availableProcessors());
      String stage = "[%d/%d] %s".formatted(times.size() + 1, order.size(), pipeline.name());
      times.put(
          pipeline.name(),
          Progress.during(terminal, stage, System::nanoTime, () -> start(pipeline, own)));
    }
    return times;
  }

  private static <O extends RunOptions> PipelineResult start(
      PipelineMain<O> pipeline, RunLocalOptions options) {
    return pipeline.start(options.as(pipeline.options()));
  }
}
