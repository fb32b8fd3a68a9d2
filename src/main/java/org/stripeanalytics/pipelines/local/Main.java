package org.stripeanalytics.pipelines.local;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.PipelineResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.extraction.Pause;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.IngestionOptions;
import org.stripeanalytics.pipelines.OptionRegistry;
import org.stripeanalytics.pipelines.OptionsView;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.RejectionOptions;
import org.stripeanalytics.pipelines.RunOptions;
import org.stripeanalytics.pipelines.RunWarehouse;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.WarehouseOptions;
import org.stripeanalytics.pipelines.deployment.SchemaDiff;
import org.stripeanalytics.warehouse.RunClaim;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;

/** What the bundled jar starts: {@code java -jar … <command> [options]}. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private final Terminal terminal;
  private final Clock clock;
  private final ImmutableList<Command> commands;

  Main(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
    ImmutableList.Builder<Command> all = ImmutableList.builder();
    all.add(
        new Command(
            "run-local",
            "runs every pipeline on this machine and shows the result",
            args ->
                FollowCommand.isMeant(args)
                    ? new FollowCommand(terminal, clock).run(args)
                    : new RunLocal(terminal, clock, RunTasks.Pause.REAL).run(args)));
    all.add(
        new Command(
            "sql", "answers a query from the warehouse", args -> new Sql(terminal).run(args)));
    all.add(
        new Command(
            "report",
            "writes the dashboard and the catalogue as one HTML file",
            args -> new WriteReport(terminal, clock).run(args)));
    all.add(
        new Command(
            "attribute",
            "divides the conversions of customer journeys among channels",
            args -> new AttributeCommand(terminal).run(args)));
    all.add(
        new Command(
            "backup",
            "copies a warehouse of this machine",
            args -> new BackupCommand(terminal, clock).backup(args)));
    all.add(
        new Command(
            "restore",
            "puts a copy in the place of a warehouse of this machine",
            args -> new BackupCommand(terminal, clock).restore(args)));
    all.add(
        new Command(
            "export",
            "writes tables as Parquet or CSV files",
            args -> new ExportCommand(terminal, clock).export(args)));
    all.add(
        new Command(
            "import-tables",
            "makes a warehouse of an export again",
            args -> new ExportCommand(terminal, clock).importTables(args)));
    all.add(
        new Command(
            "generate",
            "writes what templates/ has from the options, the manifests and the environments",
            args -> new GenerateCommand(terminal).run(args)));
    all.add(
        new Command(
            "schema-diff",
            "compares the contracts of two checkouts; what breaks needs a major version",
            this::schemaDiff));
    all.add(
        new Command(
            "stripe-server",
            "serves a simulated account by the rules of Stripe's API, to test against",
            args -> new StripeServerCommand(terminal, clock).run(args)));
    all.add(
        new Command(
            "webhooks",
            "takes Stripe's webhooks, verifies and stores them",
            args -> new WebhooksCommand(terminal, clock, System::getenv).run(args)));
    all.add(
        new Command(
            "extract",
            "reads a Stripe account from its API into a directory",
            args -> new ExtractCommand(terminal, clock, Pause.REAL).run(args)));
    all.add(
        new Command(
            "import-account",
            "reads a Stripe account from its API into the raw tables",
            args ->
                new ImportAccountCommand(
                        terminal,
                        new ExtractCommand(terminal, clock, Pause.REAL),
                        alone(Pipelines.named("ingest")))
                    .run(args)));
    all.add(
        new Command(
            "reconcile",
            "compares events with Stripe's list, and lands or publishes what is missing",
            args -> new ReconcileCommand(terminal, clock, Pause.REAL, System::getenv).run(args)));
    all.add(
        new Command(
            "fit-retention",
            "fits a retention curve to the counts of a cohort and forecasts it",
            args -> new FitRetentionCommand(terminal).run(args)));
    all.add(
        new Command(
            "survival",
            "compares how long customers stay: Kaplan-Meier, log-rank, Cox",
            args -> new SurvivalCommand(terminal).run(args)));
    all.add(
        new Command(
            "stream",
            "keeps live marts from the webhooks that a Pub/Sub subscription brings",
            args -> new StreamCommand(terminal, clock).run(args)));
    for (PipelineMain<?> pipeline : Pipelines.all()) {
      all.add(
          new Command(
              pipeline.name(),
              "runs this pipeline alone, on the warehouse as it is",
              args ->
                  isOfSource(pipeline, args)
                      ? runAlone(Pipelines.named("collect"), args)
                      : DeliverCommand.isMeant(pipeline, args)
                          ? new DeliverCommand(terminal, clock, Pause.REAL).run(args)
                          : runAlone(pipeline, args)));
    }
    this.commands = all.build();
  }

  public static void main(String[] args) {
    TemporaryFiles.ofThisProcess();
    OptionRegistry.letBeSmall();
    // Engines leave threads behind that would keep the process alive.
    System.exit(new Main(Terminal.ofProcess(), Clock.systemUTC()).run(List.of(args)));
  }

  /** Runs a command line and returns the exit status; never throws. */
  int run(List<String> args) {
    try {
      if (args.isEmpty() || args.get(0).equals("--help") || args.get(0).equals("help")) {
        terminal.answer(help());
        return ExitStatus.DONE;
      }
      return command(args.get(0)).action().run(args.subList(1, args.size()));
    } catch (Exception | OutOfMemoryError e) {
      // The edge of the process: whatever it is, it is told and becomes an exit code.
      Optional<ExpectedFailure> expected = ExpectedFailure.of(e);
      if (expected.isPresent()) {
        expected.get().lines().forEach(terminal::say);
        return expected.get().status();
      }
      // What engines wrap around it says nothing; it is in the log of the runner.
      terminal.failure(Throwables.getRootCause(e));
      return ExitStatus.FAILED;
    }
  }

  private Command command(String name) {
    return commands.stream()
        .filter(command -> command.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInput(
                    "unknown command "
                        + name
                        + "; allowed are "
                        + commands.stream().map(Command::name).collect(joining(", "))));
  }

  /** Takes both directories of contracts, then both versions, each the older first. */
  private int schemaDiff(List<String> args) {
    if (args.size() != 4) {
      throw new BadInput("schema-diff takes two directories and two versions");
    }
    SchemaDiff diff = SchemaDiff.of(Path.of(args.get(0)), Path.of(args.get(1)));
    diff.additive().forEach(change -> terminal.answer("additive  " + change + "\n"));
    diff.breaking().forEach(change -> terminal.answer("breaking  " + change + "\n"));
    if (diff.allows(args.get(2), args.get(3))) {
      return ExitStatus.DONE;
    }
    terminal.say(
        "%s breaks what %s promised; it needs a new major version"
            .formatted(args.get(3), args.get(2)));
    return ExitStatus.FAILED;
  }

  /**
   * Exports of other sources than Stripe are ingested, and replayed, by a pipeline of their own.
   */
  private static boolean isOfSource(PipelineMain<?> pipeline, List<String> args) {
    return (pipeline.name().equals("ingest") || pipeline.name().equals("replay"))
        && args.stream().anyMatch(arg -> arg.startsWith("--source="));
  }

  private <O extends RunOptions> int runAlone(PipelineMain<O> pipeline, List<String> args) {
    if (args.contains("--help")) {
      terminal.answer(OptionsHelp.of(pipeline.name(), pipeline.options()));
      terminal.answer(DeliverCommand.isOf(pipeline) ? DeliverCommand.USAGE : "");
      return ExitStatus.DONE;
    }
    Arguments given = Arguments.parse(args);
    O options = pipeline.parse(LocalEngine.withDefaultRunner(args, given), clock);
    if (options.getDryRun()) {
      terminal.answer(pipeline.describe(options));
      return ExitStatus.DONE;
    }
    pipeline.requireInput(options);
    LocalEngine.configure(options, given, Runtime.getRuntime().availableProcessors());
    Optional<RunClaim> claim = RunWarehouse.claim(options, pipeline.name());
    WarehouseOptions where = OptionsView.of(options, WarehouseOptions.class);
    try (Warehouse.Hold unused =
        claim.isPresent() ? WarehouseOptions.holdIfPossible(where) : () -> {}) {
      Warehouse warehouse = WarehouseOptions.find(where, RunOptions.clock(options));
      return runClaimed(pipeline, options, warehouse, claim.isPresent());
    } finally {
      claim.ifPresent(RunClaim::close);
    }
  }

  /** Whoever cannot be opened fails the run, where a failure is announced. */
  private static Warehouse.Hold holdIfPossible(Warehouse warehouse) {
    try {
      return warehouse.exists() ? warehouse.holdOpen() : () -> {};
    } catch (WarehouseException e) {
      LOG.debug("the run opens {} by itself", warehouse, e);
      return () -> {};
    }
  }

  /** Opens the warehouse once for the run and for reporting on it. */
  private <O extends RunOptions> int runClaimed(
      PipelineMain<O> pipeline, O options, Warehouse warehouse, boolean isClaimed) {
    try (Warehouse.Hold unused = isClaimed ? holdIfPossible(warehouse) : () -> {}) {
      AtomicReference<PipelineResult> result = new AtomicReference<>();
      Duration ignored =
          new WatchedRun(terminal, warehouse, warehouse, WatchedRun.channels(pipeline))
              .of(
                  pipeline,
                  options,
                  pipeline.name(),
                  clock,
                  () -> {
                    result.set(pipeline.start(options));
                    return result.get();
                  });
      if (RejectionOptions.class.isAssignableFrom(pipeline.options())) {
        boolean ofStripe = IngestionOptions.class.isAssignableFrom(pipeline.options());
        terminal.answer(
            (ofStripe
                    ? IngestSummary.of(result.get().metrics(), warehouse)
                    : IngestSummary.ofSource(result.get().metrics()))
                .render());
      }
      return ExitStatus.DONE;
    }
  }

  /** A pipeline as a command of its own runs it; whatever ends it early is thrown. */
  <O extends RunOptions> LonePipeline alone(PipelineMain<O> pipeline) {
    return new LonePipeline() {
      @Override
      public void check(List<String> args) {
        O unused =
            pipeline.parse(LocalEngine.withDefaultRunner(args, Arguments.parse(args)), clock);
      }

      @Override
      public int run(List<String> args) {
        return runAlone(pipeline, args);
      }
    };
  }

  private String help() {
    return commands.stream()
        .map(command -> "  %-14s %s%n".formatted(command.name(), command.summary()))
        .collect(
            joining(
                "",
                "Usage: <command> [--name=value …]; <command> --help lists its options.\n",
                ""));
  }
}
