package org.stripeanalytics.synthesis;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.ThreadParams;
import org.stripeanalytics.benchmark.Accounts;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.RowSink;

/**
 * Simulation in a plain loop: rows of the raw tables, a range of customers at a time, no engine.
 */
public class SynthesisBenchmark {

  /** How many objects came out. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counters {
    public long objects;
  }

  /** One thread's own simulation of the account. */
  @State(Scope.Thread)
  public static class Simulation {
    @Param("10000")
    public long customers;

    private AccountSimulation account;
    private long ranges;
    private long next;

    @Setup
    public void prepare(ThreadParams thread) {
      account = new AccountSimulation(Accounts.of(customers), Accounts.HISTORY, false);
      ranges = account.ranges().size();
      // The first ranges have the longest lives, so threads begin at different ones.
      next = ranges * thread.getThreadIndex() / thread.getThreadCount();
    }
  }

  @Benchmark
  public void simulateRange(Simulation simulation, Counters counters, Blackhole nowhere) {
    AccountSimulation account = simulation.account;
    RowSink rows =
        new RowSink() {
          @Override
          public <T> void put(WarehouseTable<T> table, T row) {
            counters.objects++;
            nowhere.consume(row);
          }
        };
    account.simulate(
        simulation.next++ % simulation.ranges,
        new RowCollector(account.population(), account.json(), account.interval(), rows),
        nowhere::consume);
  }
}
