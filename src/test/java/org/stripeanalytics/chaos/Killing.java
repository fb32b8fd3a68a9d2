package org.stripeanalytics.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When to kill a command: after some time, or when the names in its folder have changed a number of
 * times, which is when files are made, renamed and removed.
 */
record Killing(long afterMillis, int afterChanges) {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final int POLL_MILLIS = 1;

  /** How long a command takes, and how often the names change meanwhile. */
  record Course(Command.Ended ended, long millis, int changes) {}

  /** Half of them are aimed. */
  static Killing choose(SplittableRandom random, Course undisturbed) {
    return random.nextBoolean()
        ? new Killing(random.nextLong(undisturbed.millis()), NEVER)
        : new Killing(Long.MAX_VALUE, 1 + random.nextInt(Math.max(1, undisturbed.changes())));
  }

  /** Lets a command run to its end. */
  static Course undisturbed(Command command, Path folder) throws IOException, InterruptedException {
    return new Killing(Long.MAX_VALUE, NEVER).watch(command, folder);
  }

  /** Kills a command at the moment, if it has not ended before. */
  Course watch(Command command, Path folder) throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<String> names = Accounts.names(folder);
    int changes = 0;
    while (command.isAlive()) {
      long millis = (System.nanoTime() - start) / 1_000_000;
      if (millis >= afterMillis || changes >= afterChanges) {
        return new Course(command.kill(), millis, changes);
      }
      List<String> now = Accounts.names(folder);
      changes += now.equals(names) ? 0 : 1;
      names = now;
      command.letRun(POLL_MILLIS);
    }
    return new Course(command.ended(), (System.nanoTime() - start) / 1_000_000, changes);
  }

  @Override
  public String toString() {
    return afterChanges == NEVER
        ? "killed after %d ms".formatted(afterMillis)
        : "killed at change %d of its folder".formatted(afterChanges);
  }
}
