package org.stripeanalytics.synthesis;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;

/**
 * Simulates a Stripe account and gives the end-of-day versions of its objects, as rows of the raw
 * tables. Bounded, in the global window, in no particular order. What comes out depends only on the
 * account and the interval: not on the runner, its parallelism, or how work is bundled.
 */
public final class GenerateAccount extends PTransform<PBegin, RawRows> {
  /**
   * Customers to a unit of work. Fixed, so that the graph does not depend on the machine; small, so
   * that the last unit ends soon after the others.
   */
  private static final long CUSTOMERS_PER_RANGE = 100;

  /** Tables whose rows hang on no single customer. */
  private static final ImmutableSet<WarehouseTable<?>> OF_THE_ACCOUNT =
      ImmutableSet.of(
          Tables.PRODUCTS,
          Tables.PRICES,
          Tables.COUPONS,
          Tables.BALANCE_TRANSACTIONS,
          Tables.PAYOUTS,
          Tables.MARKETING_SPEND);

  /** Those of them that have rows of customers too. */
  private static final ImmutableSet<WarehouseTable<?>> OF_BOTH =
      ImmutableSet.of(Tables.BALANCE_TRANSACTIONS);

  /** The main output, which stays empty: rows of different classes cannot share it. */
  private static final TupleTag<Void> NOTHING = new TupleTag<>("nothing");

  private static final TupleTag<KV<Tally, Long>> TALLIES = new TupleTag<>("tallies");

  private final SimulatedAccount account;
  private final @Nullable DataInterval interval;

  private GenerateAccount(SimulatedAccount account, @Nullable DataInterval interval) {
    this.account = account;
    this.interval = interval;
  }

  /** The whole history of the account. */
  public static GenerateAccount of(SimulatedAccount account) {
    return new GenerateAccount(account, null);
  }

  /**
   * Only the versions whose {@code _snapshot_date} lies in the interval: exactly those rows of the
   * whole history.
   */
  public GenerateAccount during(DataInterval days) {
    return new GenerateAccount(account, days);
  }

  @Override
  public RawRows expand(PBegin input) {
    SimulatedAccount seen =
        interval != null && interval.to().isBefore(account.end())
            ? account.until(interval.to())
            : account;
    PCollectionTuple customers =
        input
            .apply("ListRanges", Create.of(ranges(seen)))
            .apply("SpreadRanges", Reshuffle.viaRandomKey())
            .apply(
                "SimulateCustomers",
                ParDo.of(new SimulateCustomersFn(seen, interval))
                    .withOutputTags(NOTHING, TupleTagList.of(TALLIES).and(tags(ofCustomers()))));
    PCollectionView<Map<Tally, Long>> totals =
        customers
            .get(TALLIES)
            .setCoder(KvCoder.of(WarehouseTable.coderOf(Tally.class), VarLongCoder.of()))
            .apply("AddTallies", Sum.longsPerKey())
            .apply("CollectTallies", View.asMap());
    PCollectionTuple shared =
        input
            .apply("StartAccount", Create.of(0L))
            .apply(
                "SimulateAccount",
                ParDo.of(new SimulateAccountFn(seen, interval, totals))
                    .withSideInputs(totals)
                    .withOutputTags(NOTHING, TupleTagList.of(tags(OF_THE_ACCOUNT))));
    RawRows.Builder rows = RawRows.in(input.getPipeline());
    RawRows.tables().forEach(table -> add(rows, table, customers, shared));
    return rows.build();
  }

  private static <T> void add(
      RawRows.Builder rows,
      WarehouseTable<T> table,
      PCollectionTuple customers,
      PCollectionTuple shared) {
    if (OF_BOTH.contains(table)) {
      rows.with(
          table,
          PCollectionList.of(rowsOf(table, customers))
              .and(rowsOf(table, shared))
              .apply("Flatten " + table.contract().table(), Flatten.pCollections()));
    } else {
      rows.with(table, rowsOf(table, OF_THE_ACCOUNT.contains(table) ? shared : customers));
    }
  }

  private static <T> PCollection<T> rowsOf(WarehouseTable<T> table, PCollectionTuple simulated) {
    PCollection<T> collection = simulated.get(tag(table));
    return collection.setCoder(table.coder());
  }

  private static List<Long> ranges(SimulatedAccount account) {
    long customers = CustomerHistory.of(account).customers();
    List<Long> firsts = new ArrayList<>();
    for (long first = 0; first < customers; first += CUSTOMERS_PER_RANGE) {
      firsts.add(first);
    }
    return firsts;
  }

  private static Set<WarehouseTable<?>> ofCustomers() {
    ImmutableSet.Builder<WarehouseTable<?>> tables = ImmutableSet.builder();
    for (WarehouseTable<?> table : RawRows.tables()) {
      if (!OF_THE_ACCOUNT.contains(table) || OF_BOTH.contains(table)) {
        tables.add(table);
      }
    }
    return tables.build();
  }

  private static List<TupleTag<?>> tags(Set<WarehouseTable<?>> tables) {
    List<TupleTag<?>> tags = new ArrayList<>();
    tables.forEach(table -> tags.add(tag(table)));
    return tags;
  }

  /** Tags are equal by their id, so any number of them may stand for one table. */
  private static <T> TupleTag<T> tag(WarehouseTable<T> table) {
    return new TupleTag<>(table.name());
  }

  /** What the two simulating functions share: emitting the rows of the interval. */
  private record Emission(@Nullable DataInterval interval, DoFn.MultiOutputReceiver out) {
    <T> void emit(Snapshot<T> version) {
      if (interval == null || interval.contains(version.day())) {
        out.get(tag(version.table())).output(version.row());
      }
    }
  }

  private static final class SimulateCustomersFn extends DoFn<Long, Void> {
    private final SimulatedAccount account;
    private final @Nullable DataInterval interval;
    private transient CustomerHistory history;

    SimulateCustomersFn(SimulatedAccount account, @Nullable DataInterval interval) {
      this.account = account;
      this.interval = interval;
    }

    @Setup
    public void prepare() {
      history = CustomerHistory.of(account);
    }

    @ProcessElement
    public void simulate(@Element Long first, MultiOutputReceiver out) {
      Emission emission = new Emission(interval, out);
      Tallies tallies = new Tallies(account.profile());
      long end = Math.min(first + CUSTOMERS_PER_RANGE, history.customers());
      for (long index = first; index < end; index++) {
        EndOfDayVersions versions = new EndOfDayVersions();
        history.simulate(index, versions.and(tallies));
        versions.forEach(emission::emit);
      }
      tallies.sums().forEach((tally, sum) -> out.get(TALLIES).output(KV.of(tally, sum)));
    }
  }

  private static final class SimulateAccountFn extends DoFn<Long, Void> {
    private final SimulatedAccount account;
    private final @Nullable DataInterval interval;
    private final PCollectionView<Map<Tally, Long>> totals;

    SimulateAccountFn(
        SimulatedAccount account,
        @Nullable DataInterval interval,
        PCollectionView<Map<Tally, Long>> totals) {
      this.account = account;
      this.interval = interval;
      this.totals = totals;
    }

    @ProcessElement
    public void simulate(ProcessContext context, MultiOutputReceiver out) {
      Emission emission = new Emission(interval, out);
      CustomerHistory history = CustomerHistory.of(account);
      EndOfDayVersions versions = new EndOfDayVersions();
      history.simulateCatalogue(versions);
      history.simulateAccount(context.sideInput(totals), versions);
      versions.forEach(emission::emit);
      history.simulateMarketing(
          spend -> {
            if (interval == null || interval.contains(spend.getDay())) {
              out.get(tag(Tables.MARKETING_SPEND)).output(spend);
            }
          });
    }
  }
}
