package org.stripeanalytics.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks a warehouse while a transform changes it, many times in one process and again and again with
 * {@code sql} in others. The transform has to end as if nobody had asked, and whoever has asked
 * must have seen the old tables or the new ones.
 */
final class Readers implements Trials {
  private static final int RUNS = 5;
  private static final String QUESTION = "SELECT COUNT(*) FROM raw.customers";

  @Override
  public String name() {
    return "readers";
  }

  @Override
  public Tally run(Workplace workplace) throws Exception {
    Accounts accounts = new Accounts(workplace);
    Path before = accounts.simulated(1);
    Tables old = Tables.required(Accounts.warehouse(before));
    Path whole = accounts.copy(before, "undisturbed");
    accounts.must("transform", "--to=2021-04-01", Accounts.in(whole));
    Tables after = Tables.required(Accounts.warehouse(whole));
    Tally.Counter counter = new Tally.Counter();
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < workplace.tries(RUNS); i++) {
      Path folder = accounts.copy(before, "try");
      Command transform = workplace.start("transform", "--to=2021-04-01", Accounts.in(folder));
      while (transform.isAlive()) {
        long start = System.nanoTime();
        Optional<Tables> seen = Tables.of(Accounts.warehouse(folder));
        nanos.add(System.nanoTime() - start);
        counter.tried();
        if (seen.isEmpty() || !(seen.get().equals(old) || seen.get().equals(after))) {
          counter.mixed("a reader saw neither the old tables nor the new");
        }
        Command.Ended sql = workplace.start("sql", QUESTION, Accounts.in(folder)).ended();
        counter.tried();
        if (sql.showsTrace() || sql.status() != 0) {
          counter.trace(sql.toString());
        }
      }
      Command.Ended ended = transform.ended();
      if (ended.status() != 0) {
        counter.lost(ended.toString());
      } else if (!Tables.required(Accounts.warehouse(folder)).equals(after)) {
        counter.unequal("a transform that was read along");
      }
    }
    nanos.sort(null);
    return counter.tally(
        nanos.isEmpty()
            ? ""
            : "reads during transforms; checksums of all tables took %d ms in the median"
                .formatted(nanos.get(nanos.size() / 2) / 1_000_000));
  }
}
