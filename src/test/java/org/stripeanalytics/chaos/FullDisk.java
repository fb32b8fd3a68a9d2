package org.stripeanalytics.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs commands on a disk that becomes full on the way. They have to end with a line and leave the
 * warehouse as it was, unless a transform found just enough room. Needs root, to mount a small file
 * system in memory.
 */
final class FullDisk implements Trials {
  private static final int RUNS = 10;
  private static final long MEGABYTE = 1_000_000;

  @Override
  public String name() {
    return "full-disk";
  }

  @Override
  public Tally run(Workplace workplace) throws Exception {
    Accounts accounts = new Accounts(workplace);
    Path before = accounts.simulated(1);
    Tables old = Tables.required(Accounts.warehouse(before));
    long used = Files.size(Accounts.warehouse(before)) / MEGABYTE + 1;
    Path whole = accounts.copy(before, "undisturbed");
    accounts.must("transform", "--to=2021-04-01", Accounts.in(whole));
    Tables after = Tables.required(Accounts.warehouse(whole));
    Tally.Counter counter = new Tally.Counter();
    for (int i = 0; i < workplace.tries(RUNS); i++) {
      Path disk = Files.createDirectories(workplace.path("disk-" + i));
      long room = 1 + workplace.random().nextLong(4);
      String size = "size=" + (used + room) * MEGABYTE;
      if (!succeeds("mount", "-t", "tmpfs", "-o", size, "tmpfs", disk.toString())) {
        return Tally.skipped("only root may mount a small disk");
      }
      try {
        Files.copy(Accounts.warehouse(before), Accounts.warehouse(disk));
        counter.tried();
        List<Object> command =
            i % 2 == 0
                ? List.of("transform", "--to=2021-04-01", Accounts.in(disk))
                : List.of("run-local", "--customers=2000", Accounts.in(disk));
        judge(counter, workplace, command, room, disk, old, after);
      } finally {
        succeeds("umount", disk.toString());
      }
    }
    return counter.tally("1 to 4 MB are left");
  }

  private static void judge(
      Tally.Counter counter,
      Workplace workplace,
      List<Object> command,
      long room,
      Path disk,
      Tables old,
      Tables after)
      throws IOException, InterruptedException {
    Command.Ended ended =
        workplace
            .start((String) command.get(0), command.subList(1, command.size()).toArray())
            .ended();
    if (ended.showsTrace()) {
      counter.trace("%d MB left, %s".formatted(room, ended));
    }
    Optional<Tables> now = Tables.of(Accounts.warehouse(disk));
    if (now.isEmpty()) {
      counter.lost("%d MB left, %s".formatted(room, ended));
    } else if (!now.get().equals(ended.status() == 0 ? after : old)) {
      counter.mixed("%d MB left, %s".formatted(room, ended));
    }
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
