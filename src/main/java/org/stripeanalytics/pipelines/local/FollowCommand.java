package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableSet;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.LocalPath;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.RunLocalOptions;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.WarehouseLocation;

/**
 * The command {@code run-local --follow}: watches a landing and keeps a warehouse and its report
 * fresh until it is stopped.
 */
final class FollowCommand {
  static final String FOLLOW = "follow";

  static final String USAGE =
      """
      Or, with --follow, watches a landing and keeps the warehouse and the report fresh until
      SIGTERM or Ctrl-C; what is under way then is finished first.
        --landing=landing       directory that webhooks or extract write to
        --every=2               seconds between two looks
        --warehouse --report --runner --account --reportingZone and the options of transform
      """;

  private static final ImmutableSet<String> OWN =
      ImmutableSet.of(FOLLOW, "landing", "every", "report");
  private static final ImmutableSet<String> SHARED =
      ImmutableSet.of("warehouse", "runner", "reportingZone");
  private static final ImmutableSet<String> OF_INGEST = ImmutableSet.of("account");
  private static final ImmutableSet<String> NOT_ALLOWED =
      ImmutableSet.of("from", "to", "asOf", "input", "runId", "ingestedAt", "dryRun", "resume");
  private static final long MOST_SECONDS = 86_400;

  private final Terminal terminal;
  private final Clock clock;

  FollowCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Whether a command line of {@code run-local} asks for it. */
  static boolean isMeant(List<String> args) {
    return !args.contains("--help") && Arguments.parse(args).option(FOLLOW).isPresent();
  }

  int run(List<String> args) throws Exception {
    Arguments given = Arguments.parse(args);
    CommandOptions options = new CommandOptions(given);
    long seconds = options.whole("every", 2, 1, MOST_SECONDS);
    Freshening freshening = freshening(args);
    StopSignal stop = StopSignal.install();
    terminal.answer(
        "following %s into %s; Ctrl-C ends it\n"
            .formatted(freshening.files().landing(), freshening.warehouse()));
    do {
      freshening.tick(terminal, clock);
    } while (!stop.comesWithin(Duration.ofSeconds(seconds)));
    return ExitStatus.DONE;
  }

  /** What keeps a warehouse fresh, from a command line that is checked as a whole. */
  Freshening freshening(List<String> args) {
    Arguments given = Arguments.parse(args);
    CommandOptions.refuseWords(given);
    for (String name : NOT_ALLOWED) {
      if (given.option(name).isPresent()) {
        throw new BadInput("--%s is not for --follow, which finds out what is new".formatted(name));
      }
    }
    List<String> ofIngest = new ArrayList<>();
    List<String> ofTransform = new ArrayList<>();
    for (String arg : args) {
      String name = arg.replaceFirst("^--", "").replaceFirst("=.*", "");
      if (SHARED.contains(name) || OF_INGEST.contains(name)) {
        ofIngest.add(arg);
      }
      if (!OWN.contains(name) && !OF_INGEST.contains(name)) {
        ofTransform.add(arg);
      }
    }
    // Whatever is rejected is listed in ops.rejected_records; it must not stop what is good.
    ofIngest.add("--maxRejectedFraction=1");
    Main runs = new Main(silent(), clock);
    Freshening freshening =
        new Freshening(
            WarehouseLocation.parseLocal(
                    given.option("warehouse").orElse(WarehouseLocation.DEFAULT))
                .file(),
            new ImportedFiles(
                Path.of(LocalPath.withoutScheme(given.option("landing").orElse("landing")))),
            WriteReport.writableDirectory(
                "report", given.option("report").orElse(RunLocalOptions.DEFAULT_REPORT)),
            runs.alone(Pipelines.named("ingest")),
            List.copyOf(ofIngest),
            runs.alone(Pipelines.named("transform")),
            List.copyOf(ofTransform));
    freshening.check();
    return freshening;
  }

  /** One line for each tick is enough. */
  private static Terminal silent() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Terminal(nowhere, nowhere, false);
  }
}
