package org.stripeanalytics.chaos;

import static java.util.stream.Collectors.toCollection;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;

/**
 * Breaks things in every way there is and prints what that has cost: a table with a row for each
 * kind of trial. Ends with status 1 unless it is all zeros.
 */
final class Chaos {
  private static final ImmutableList<Trials> ALL =
      ImmutableList.<Trials>builder()
          .addAll(KilledRuns.all())
          .add(new KilledEdges())
          .add(new KilledPublications())
          .add(new MutatedFiles())
          .add(new Readers())
          .add(new FullDisk())
          .add(new CommandPairs())
          .build();

  public static void main(String[] args) {
    // Engines leave threads behind that would keep the process alive.
    System.exit(run(List.of(args), Terminal.ofProcess()));
  }

  /** Runs a command line and returns the exit status; works from the root of the repository. */
  static int run(List<String> args, Terminal terminal) {
    try {
      Settings settings =
          Settings.parse(
              args, ALL.stream().map(Trials::name).collect(toCollection(LinkedHashSet::new)));
      return run(settings, terminal);
    } catch (BadInput e) {
      e.faults().forEach(terminal::say);
      return ExitStatus.BAD_INPUT;
    } catch (Exception e) {
      // The edge of the process, as in the command line of the project.
      terminal.failure(e);
      return ExitStatus.FAILED;
    }
  }

  private static int run(Settings settings, Terminal terminal) throws Exception {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    for (Trials trials : ALL) {
      if (settings.wants(trials)) {
        terminal.say(trials.name() + " ...");
        try (Workplace workplace = Workplace.create(settings, trials.name())) {
          Tally tally = trials.run(workplace);
          tally.findings().forEach(terminal::say);
          tallies.put(trials.name(), tally);
        }
      }
    }
    terminal.answer(Scoreboard.render(tallies));
    return tallies.values().stream().allMatch(Tally::isClean) ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private Chaos() {}
}
