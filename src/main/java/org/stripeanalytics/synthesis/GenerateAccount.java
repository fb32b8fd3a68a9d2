package org.stripeanalytics.synthesis;

import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.quality.CheckedRows;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;

/**
 * Simulates a Stripe account and loads its history, as rows of all raw tables, into a publication.
 * Bounded, in the global window, in no particular order. What comes out depends only on the account
 * and the interval: not on the runner, its parallelism, or how work is bundled.
 */
public final class GenerateAccount extends PTransform<PBegin, PDone> {
  /** Tables with rows that hang on no single customer. */
  private static final ImmutableSet<WarehouseTable<?>> OF_THE_ACCOUNT =
      ImmutableSet.of(
          Tables.PRODUCTS,
          Tables.PRICES,
          Tables.COUPONS,
          Tables.BALANCE_TRANSACTIONS,
          Tables.PAYOUTS,
          Tables.EVENTS,
          Tables.MARKETING_SPEND);

  /** Those of them that have rows of customers too. */
  private static final ImmutableSet<WarehouseTable<?>> OF_BOTH =
      ImmutableSet.of(Tables.BALANCE_TRANSACTIONS, Tables.EVENTS);

  private final AccountSimulation simulation;
  private final Publication publication;
  private final @Nullable RejectingRun run;

  private GenerateAccount(
      AccountSimulation simulation, Publication publication, @Nullable RejectingRun run) {
    this.simulation = simulation;
    this.publication = publication;
    this.run = run;
  }

  /**
   * @param interval the days whose rows are loaded: exactly those of the whole history
   * @param truth whether the truth about the customers is loaded too
   */
  public static GenerateAccount into(
      Publication publication, SimulatedAccount account, DataInterval interval, boolean truth) {
    return new GenerateAccount(new AccountSimulation(account, interval, truth), publication, null);
  }

  /**
   * Holds the rows to their contracts; those that break a rule are rejected in the name of the run.
   * Default: they are loaded unchecked.
   */
  public GenerateAccount checkedBy(RejectingRun rejectingRun) {
    return new GenerateAccount(simulation, publication, rejectingRun);
  }

  @Override
  public PDone expand(PBegin input) {
    input
        .apply("ListRanges", Create.of(simulation.ranges()))
        .apply("SpreadRanges", Reshuffle.viaRandomKey())
        .apply(
            "SimulateCustomers",
            publication.loadAll(
                ofCustomers(), checked(new CustomerRows(simulation)), AddTallies.inputCoder()))
        .apply("AddTallies", Combine.globally(new AddTallies()))
        .apply(
            "SimulateAccount",
            publication.loadAll(
                ofTheAccount(), checked(new AccountRows(simulation)), VoidCoder.of()));
    return PDone.in(input.getPipeline());
  }

  private ImmutableSet<WarehouseTable<?>> ofCustomers() {
    ImmutableSet.Builder<WarehouseTable<?>> tables = ImmutableSet.builder();
    for (WarehouseTable<?> table : Tables.all()) {
      if (table.contract().isOfStripe()
          && (!OF_THE_ACCOUNT.contains(table) || OF_BOTH.contains(table))) {
        tables.add(table);
      }
    }
    if (simulation.truth()) {
      tables.add(Tables.TRUTH_CUSTOMERS);
    }
    return withRejected(tables);
  }

  private ImmutableSet<WarehouseTable<?>> ofTheAccount() {
    return withRejected(ImmutableSet.<WarehouseTable<?>>builder().addAll(OF_THE_ACCOUNT));
  }

  private ImmutableSet<WarehouseTable<?>> withRejected(
      ImmutableSet.Builder<WarehouseTable<?>> tables) {
    return run == null ? tables.build() : tables.add(Tables.REJECTED_RECORDS).build();
  }

  private <E, X> RowGenerator<E, X> checked(RowGenerator<E, X> rows) {
    return run == null ? rows : CheckedRows.of(rows, run);
  }

  private record CustomerRows(AccountSimulation simulation)
      implements RowGenerator<Long, KV<Tally, Long>> {
    @Override
    public void generate(Long range, RowSink rows, Consumer<KV<Tally, Long>> tallied) {
      simulation.simulate(range, collector(simulation, rows), tallied);
    }
  }

  private record AccountRows(AccountSimulation simulation)
      implements RowGenerator<Map<Tally, Long>, Void> {
    @Override
    public void generate(Map<Tally, Long> totals, RowSink rows, Consumer<Void> aside) {
      simulation.simulateAccount(totals, collector(simulation, rows));
    }
  }

  private static RowCollector collector(AccountSimulation simulation, RowSink rows) {
    return new RowCollector(
        simulation.population(), simulation.json(), simulation.interval(), rows);
  }
}
