package org.stripeanalytics.chaos;

import java.io.IOException;
import java.util.Optional;
import org.stripeanalytics.warehouse.postgresql.PublicationKills;

/**
 * Kills publications to PostgreSQL at random moments: the process that publishes and the server, by
 * turns. Tables have to hold all of the old or all of the new rows, and the next run has to work.
 */
final class KilledPublications implements Trials {
  private static final int KILLS = 40;

  @Override
  public String name() {
    return "killed-publications";
  }

  @Override
  public Tally run(Workplace workplace) throws IOException, InterruptedException {
    Tally.Counter counter = new Tally.Counter();
    int tries = workplace.tries(KILLS);
    try (PublicationKills kills = PublicationKills.start(workplace.path("postgresql"))) {
      // In a new process the same takes longer.
      long most = 2 * kills.undisturbedMillis();
      for (int i = 0; i < tries; i++) {
        counter.tried();
        boolean isServer = i % 2 == 1;
        long millis = workplace.random().nextLong(isServer ? kills.undisturbedMillis() : most);
        Optional<String> found = isServer ? kills.killServer(millis) : kills.killClient(millis);
        String trial = (isServer ? "server" : "client") + " killed after " + millis + " ms";
        found.ifPresent(finding -> counter.mixed(trial + ", " + finding));
        kills.rerun().ifPresent(finding -> counter.unequal(trial + ", " + finding));
      }
      return counter.tally("%d clients and %d servers".formatted(tries - tries / 2, tries / 2));
    }
  }
}
