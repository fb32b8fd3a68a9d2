package org.stripeanalytics.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Kills a command at random and aimed moments. Afterwards the warehouse has to hold what it held
 * before, or what it holds after an undisturbed run, and nothing between; the same command again
 * has to end with the tables and the files of the undisturbed run.
 */
final class KilledCommands implements Trials {
  /** What is killed. */
  interface Scenario {
    /** Makes a folder in which the command can be started. */
    Path prepare(Accounts accounts) throws IOException, InterruptedException;

    /** The command in a copy of that folder. */
    List<Object> command(Path folder);

    /** The same again, after a kill. */
    default List<Object> again(Path folder) {
      return command(folder);
    }
  }

  private final String name;
  private final int kills;
  private final Scenario scenario;

  KilledCommands(String name, int kills, Scenario scenario) {
    this.name = name;
    this.kills = kills;
    this.scenario = scenario;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Tally run(Workplace workplace) throws Exception {
    Accounts accounts = new Accounts(workplace);
    Path before = scenario.prepare(accounts);
    Optional<Tables> old = Tables.of(Accounts.warehouse(before));
    Path whole = accounts.copy(before, "undisturbed");
    Killing.Course course = Killing.undisturbed(start(workplace, scenario.command(whole)), whole);
    if (course.ended().status() != 0) {
      throw new IllegalStateException(course.ended().toString());
    }
    Tables after = Tables.required(Accounts.warehouse(whole));
    Tally.Counter counter = new Tally.Counter();
    int tries = workplace.tries(kills);
    for (int i = 0; i < tries; i++) {
      Killing killing = Killing.choose(workplace.random(), course);
      Path folder = accounts.copy(before, "try");
      counter.tried();
      Command.Ended killed =
          killing.watch(start(workplace, scenario.command(folder)), folder).ended();
      judgeKilled(counter, killing, killed, Tables.of(Accounts.warehouse(folder)), old, after);
      Command.Ended again = start(workplace, scenario.again(folder)).ended();
      judgeRerun(counter, killing, again, folder, whole, after);
    }
    return counter.tally("%.0f s undisturbed".formatted(course.millis() / 1e3));
  }

  private static void judgeKilled(
      Tally.Counter counter,
      Killing killing,
      Command.Ended killed,
      Optional<Tables> now,
      Optional<Tables> old,
      Tables after) {
    if (killed.showsTrace()) {
      counter.trace(killing + ", " + killed);
    }
    if (now.isEmpty() && old.isPresent()) {
      counter.lost(killing + ", " + killed.line());
    } else if (!now.equals(old) && !now.equals(Optional.of(after))) {
      counter.mixed(killing + ", " + killed.line());
    }
  }

  private static void judgeRerun(
      Tally.Counter counter,
      Killing killing,
      Command.Ended again,
      Path folder,
      Path whole,
      Tables after) {
    if (again.showsTrace()) {
      counter.trace(killing + ", then " + again);
    }
    if (!Tables.of(Accounts.warehouse(folder)).equals(Optional.of(after))) {
      counter.unequal(killing + ", then " + again);
    } else if (!Accounts.names(whole).containsAll(Accounts.names(folder))) {
      counter.unequal(killing + ", then files are left: " + Accounts.names(folder));
    }
  }

  private static Command start(Workplace workplace, List<Object> command) throws IOException {
    return workplace.start((String) command.get(0), command.subList(1, command.size()).toArray());
  }
}
