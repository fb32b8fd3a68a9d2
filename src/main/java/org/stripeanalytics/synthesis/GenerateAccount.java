package org.stripeanalytics.synthesis;

import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
import org.stripeanalytics.model.truth.ChannelLift;
import org.stripeanalytics.quality.CheckedRows;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.account.Tally;
import org.stripeanalytics.synthesis.sources.VisitorModel;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;

/**
 * Simulates a Stripe account and loads its history, as rows of all raw tables, into a publication.
 * Bounded, in the global window, in no particular order. What comes out depends only on the account
 * and the interval: not on the runner, its parallelism, or how work is bundled.
 */
public final class GenerateAccount extends PTransform<PBegin, PDone> {
  /** Tables with rows that belong to no single customer. */
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

  /** What advertising platforms report belongs to no customer either. */
  private static final ImmutableSet<WarehouseTable<?>> OF_ADS =
      ImmutableSet.of(
          Tables.GOOGLE_ADS_ACCOUNT_HISTORY,
          Tables.GOOGLE_ADS_CAMPAIGN_HISTORY,
          Tables.GOOGLE_ADS_CAMPAIGN_STATS,
          Tables.FACEBOOK_ADS_ACCOUNT_HISTORY,
          Tables.FACEBOOK_ADS_CAMPAIGN_HISTORY,
          Tables.FACEBOOK_ADS_AD_HISTORY,
          Tables.FACEBOOK_ADS_BASIC_AD,
          Tables.FACEBOOK_ADS_BASIC_AD_ACTIONS);

  private final AccountSimulation simulation;
  private final Publication publication;
  private final @Nullable RejectingRun run;
  private final boolean sources;

  private GenerateAccount(
      AccountSimulation simulation,
      Publication publication,
      @Nullable RejectingRun run,
      boolean sources) {
    this.sources = sources;
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
    return new GenerateAccount(
        new AccountSimulation(account, interval, truth), publication, null, false);
  }

  /**
   * Holds the rows to their contracts; those that break a rule are rejected in the name of the run.
   * Default: they are loaded unchecked.
   */
  public GenerateAccount checkedBy(RejectingRun rejectingRun) {
    return new GenerateAccount(simulation, publication, rejectingRun, sources);
  }

  /** Whether what other systems know of the customers is loaded too. Default: it is not. */
  public GenerateAccount withSources(boolean wanted) {
    return new GenerateAccount(simulation, publication, run, wanted);
  }

  @Override
  public PDone expand(PBegin input) {
    input
        .apply("ListRanges", Create.of(simulation.ranges()))
        .apply("SpreadRanges", Reshuffle.viaRandomKey())
        .apply(
            "SimulateCustomers",
            publication.loadAll(
                ofCustomers(),
                checked(new CustomerRows(simulation, sources)),
                AddTallies.inputCoder()))
        .apply("AddTallies", Combine.globally(new AddTallies()))
        .apply(
            "SimulateAccount",
            publication.loadAll(
                ofTheAccount(), checked(new AccountRows(simulation, sources)), VoidCoder.of()));
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
    if (sources) {
      Tables.all().stream()
          .filter(table -> table.contract().source().isPresent() && !OF_ADS.contains(table))
          .forEach(tables::add);
      if (simulation.truth()) {
        tables.add(Tables.TRUTH_IDENTITIES);
      }
    }
    return withRejected(tables);
  }

  private ImmutableSet<WarehouseTable<?>> ofTheAccount() {
    ImmutableSet.Builder<WarehouseTable<?>> tables = ImmutableSet.builder();
    tables.addAll(OF_THE_ACCOUNT);
    if (sources) {
      tables.addAll(OF_ADS);
      if (simulation.truth()) {
        tables.add(Tables.LIFT);
      }
    }
    return withRejected(tables);
  }

  private ImmutableSet<WarehouseTable<?>> withRejected(
      ImmutableSet.Builder<WarehouseTable<?>> tables) {
    return run == null ? tables.build() : tables.add(Tables.REJECTED_RECORDS).build();
  }

  private <E, X> RowGenerator<E, X> checked(RowGenerator<E, X> rows) {
    return run == null ? rows : CheckedRows.of(rows, run);
  }

  private record CustomerRows(AccountSimulation simulation, boolean sources)
      implements RowGenerator<Long, KV<Tally, Long>> {
    @Override
    public void generate(Long range, RowSink rows, Consumer<KV<Tally, Long>> tallied) {
      simulation.simulate(range, collector(simulation, rows, sources), tallied);
    }
  }

  private record AccountRows(AccountSimulation simulation, boolean sources)
      implements RowGenerator<Map<Tally, Long>, Void> {
    @Override
    public void generate(Map<Tally, Long> totals, RowSink rows, Consumer<Void> aside) {
      simulation.simulateAccount(totals, collector(simulation, rows, sources));
      if (sources && simulation.truth()) {
        VisitorModel.lifts(simulation.population().root().fork("lift"))
            .forEach((channel, lift) -> rows.put(Tables.LIFT, lift(channel, lift)));
      }
    }
  }

  private static ChannelLift lift(String channel, double lift) {
    return ChannelLift.builder()
        .setChannel(channel)
        .setLift(BigDecimal.valueOf(lift).setScale(9, RoundingMode.HALF_UP))
        .build();
  }

  private static RowCollector collector(
      AccountSimulation simulation, RowSink rows, boolean sources) {
    return new RowCollector(
        simulation.population(),
        simulation.json(),
        simulation.interval(),
        rows,
        sources,
        simulation.truth());
  }
}
