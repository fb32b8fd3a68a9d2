package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.PipelineResult;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.RunWarehouse;
import org.stripeanalytics.pipelines.StreamOptions;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.RunClaim;

/**
 * The command {@code stream}: the streaming pipeline in this process, on Beam's DirectRunner, until
 * it is stopped. Its state is in memory, so that a start begins with what the warehouse knows.
 */
final class StreamCommand {
  private static final String RUNNER = "DirectRunner";
  private static final org.joda.time.Duration PATIENCE = org.joda.time.Duration.standardSeconds(10);
  private static final Duration LOOKING = Duration.ofMillis(500);

  private final Terminal terminal;
  private final Clock clock;

  StreamCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  int run(List<String> args) throws InterruptedException, IOException {
    var pipeline = Pipelines.stream();
    if (args.contains("--help")) {
      terminal.answer(OptionsHelp.of(pipeline.name(), pipeline.options()));
      return ExitStatus.DONE;
    }
    Arguments given = Arguments.parse(args);
    given
        .option("runner")
        .filter(runner -> !runner.equals(RUNNER))
        .ifPresent(
            runner -> {
              throw new BadInput(
                  "--runner=%s cannot be used here; allowed is %s, because Flink's runner"
                          .formatted(runner, RUNNER)
                      + " does not reliably acknowledge Pub/Sub messages (Beam's issue 32461)");
            });
    StreamOptions options =
        pipeline.parse(
            given.option("runner").isPresent()
                ? args
                : ImmutableList.<String>builder().addAll(args).add("--runner=" + RUNNER).build(),
            clock);
    if (options.getDryRun()) {
      terminal.answer(pipeline.describe(options));
      return ExitStatus.DONE;
    }
    pipeline.requireInput(options);
    options.setRunner(DirectRunner.class);
    options.as(DirectOptions.class).setBlockOnRun(false);
    Optional<RunClaim> claim = RunWarehouse.claim(options, pipeline.name());
    try {
      StopSignal stop = StopSignal.install();
      PipelineResult job = pipeline.start(options);
      terminal.answer(
          "following %s into %s; Ctrl-C ends it\n"
              .formatted(options.getSubscription(), options.getWarehouse()));
      followUntil(stop, job);
      return ExitStatus.DONE;
    } finally {
      claim.ifPresent(RunClaim::close);
    }
  }

  /** A job that fails throws; one that is stopped has its state in the warehouse alone. */
  private static void followUntil(StopSignal stop, PipelineResult job)
      throws InterruptedException, IOException {
    while (!stop.comesWithin(LOOKING)) {
      PipelineResult.State state = job.waitUntilFinish(org.joda.time.Duration.millis(1));
      if (state != null && state.isTerminal()) {
        throw new IllegalStateException("the job ended by itself, with the state " + state);
      }
    }
    job.cancel();
    var unused = job.waitUntilFinish(PATIENCE);
  }
}
