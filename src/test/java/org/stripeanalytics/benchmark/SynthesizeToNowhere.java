package org.stripeanalytics.benchmark;

import java.util.concurrent.atomic.LongAdder;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.pipelines.Terminal;

/** Simulates an account of so many customers and drops it; says how many objects it had. */
final class SynthesizeToNowhere {

  public static void main(String[] args) {
    Accounts.synthesize(Long.parseLong(args[0]), new Counted());
    Terminal.ofProcess().answer(new Worked(Counted.OBJECTS.sum(), 0, 0).line());
    // Flink leaves threads behind that would keep the process alive.
    System.exit(0);
  }

  private static final class Counted implements Nowhere.Sink {
    private static final LongAdder OBJECTS = new LongAdder();

    @Override
    public <T> void put(WarehouseTable<T> table, T row) {
      OBJECTS.increment();
    }
  }

  private SynthesizeToNowhere() {}
}
