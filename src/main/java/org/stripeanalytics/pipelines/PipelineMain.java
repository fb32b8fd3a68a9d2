package org.stripeanalytics.pipelines;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.beam.sdk.PipelineResult;
import org.stripeanalytics.observability.LineageRun;
import org.stripeanalytics.warehouse.RunClaim;
import org.stripeanalytics.warehouse.RunningJob;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * One of the pipelines of this jar: how its options are read and checked, and how it is started. A
 * launcher enters through {@link #launch}, the local orchestrator through the other two.
 *
 * @param name that of its manifest and of its command
 * @param main the class a launcher starts
 * @param options what it can be told
 * @param check adds what is wrong with options to a list of faults
 * @param start builds the graph and hands it to the runner; returns when the runner does
 */
public record PipelineMain<O extends RunOptions>(
    String name,
    Class<?> main,
    Class<O> options,
    BiConsumer<? super O, List<String>> check,
    Function<O, PipelineResult> start) {

  /**
   * Starts the pipeline as its own process does: faults of the options go to standard error, one
   * line each, and end the process with status 2. Otherwise it returns as soon as the runner has
   * taken the job, as a template's main must.
   */
  public void launch(String... args) {
    UncaughtExceptionLogger.register();
    try {
      O parsed = parse(List.of(args), Clock.systemUTC());
      if (parsed.getDryRun()) {
        Terminal.ofProcess().answer(describe(parsed));
      } else {
        requireInput(parsed);
        Optional<RunClaim> claim = RunWarehouse.claim(parsed, name);
        claim.ifPresentOrElse(own -> startUnder(own, parsed), () -> start(parsed));
      }
    } catch (BadInput e) {
      e.faults().forEach(Terminal.ofProcess()::say);
      System.exit(ExitStatus.BAD_INPUT);
    }
  }

  /** A runner that goes on after this keeps the claim until its job or the process ends. */
  private void startUnder(RunClaim claim, O parsed) {
    boolean goesOn = false;
    try {
      PipelineResult result = start(parsed);
      Optional<RunningJob> job = DataflowJobs.started(result, parsed);
      goesOn = job.isPresent() || !result.getState().isTerminal();
      job.ifPresent(
          running -> claim.leaveTo(running, Duration.ofMinutes(manifest().timeoutMinutes())));
    } finally {
      if (!goesOn) {
        claim.close();
      }
    }
  }

  /** What the pipeline reads, writes and needs, as its file in pipelines/ says. */
  public Manifest manifest() {
    return Manifest.named(name);
  }

  /** A run of it as lineage events name it. */
  LineageRun lineage(RunOptions options) {
    return RunLineage.of(name, manifest(), options);
  }

  /**
   * Reads and checks a command line, and names the run.
   *
   * @throws BadInput with everything that is wrong with {@code args}
   */
  public O parse(List<String> args, Clock clock) {
    O parsed = CommandLine.parse(options, args);
    List<String> faults = new ArrayList<>();
    check.accept(parsed, faults);
    if (!faults.isEmpty()) {
      throw new BadInput(faults);
    }
    RunOptions.identify(parsed, clock);
    return parsed;
  }

  /**
   * Refuses to begin without what the pipeline reads, or a place where its rows can wait.
   *
   * @throws WarehouseException when it reads tables and there are none
   * @throws BadInput when rows of BigQuery have nowhere to wait
   */
  public void requireInput(O options) {
    if (!manifest().reads().isEmpty()) {
      WarehouseOptions.requireThere(OptionsView.of(options, WarehouseOptions.class));
    }
    RunWarehouse.requireStaging(options, name);
  }

  public PipelineResult start(O options) {
    RunWarehouse.label(OptionsView.of(options, WarehouseOptions.class), name, options.getRunId());
    Log.identify(name, options.getRunId());
    lineage(options).tellStart(RunOptions.ingestedAt(options));
    try (Warehouse.Hold unused = RunWarehouse.holdOpen(options)) {
      return start.apply(options);
    }
  }

  /** Builds the graph and says what it would read and publish; changes nothing. */
  public String describe(O options) {
    options.setRunner(BuiltPipeline.Runner.class);
    // Built without being announced: nobody is told of a run that does not take place.
    BuiltPipeline built = (BuiltPipeline) start.apply(options);
    return name
        + " was built and not run\n"
        + DryRun.of(built.pipeline(), manifest().reads(), options);
  }
}
