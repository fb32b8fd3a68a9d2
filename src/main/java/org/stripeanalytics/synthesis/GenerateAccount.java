package org.stripeanalytics.synthesis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
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

  /** Stands for the objects of the account itself among the first indices of the ranges. */
  private static final long ACCOUNT_OBJECTS = -1;

  /** The main output, which stays empty: rows of different classes cannot share it. */
  private static final TupleTag<Void> NOTHING = new TupleTag<>("nothing");

  private static final Map<String, TupleTag<?>> TAGS = new LinkedHashMap<>();

  static {
    for (WarehouseTable<?> table : RawRows.tables()) {
      TAGS.put(table.name(), new TupleTag<>(table.name()));
    }
  }

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
    PCollectionTuple simulated =
        input
            .apply("ListRanges", Create.of(ranges(seen)))
            .apply("SpreadRanges", Reshuffle.viaRandomKey())
            .apply(
                "SimulateCustomers",
                ParDo.of(new SimulateCustomersFn(seen, interval))
                    .withOutputTags(NOTHING, TupleTagList.of(List.copyOf(TAGS.values()))));
    RawRows.Builder rows = RawRows.in(input.getPipeline());
    RawRows.tables().forEach(table -> add(rows, table, simulated));
    return rows.build();
  }

  private static <T> void add(
      RawRows.Builder rows, WarehouseTable<T> table, PCollectionTuple simulated) {
    PCollection<T> collection = simulated.get(tag(table));
    rows.with(table, collection.setCoder(table.coder()));
  }

  private static List<Long> ranges(SimulatedAccount account) {
    long customers = new CustomerHistory(new Population(account), account.endInstant()).customers();
    List<Long> firsts = new ArrayList<>();
    firsts.add(ACCOUNT_OBJECTS);
    for (long first = 0; first < customers; first += CUSTOMERS_PER_RANGE) {
      firsts.add(first);
    }
    return firsts;
  }

  @SuppressWarnings("unchecked")
  private static <T> TupleTag<T> tag(WarehouseTable<T> table) {
    return (TupleTag<T>) TAGS.get(table.name());
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
      history = new CustomerHistory(new Population(account), account.endInstant());
    }

    @ProcessElement
    public void simulate(@Element Long first, MultiOutputReceiver out) {
      if (first == ACCOUNT_OBJECTS) {
        EndOfDayVersions versions = new EndOfDayVersions();
        history.simulateAccount(versions);
        versions.forEach(version -> emit(version, out));
        return;
      }
      long end = Math.min(first + CUSTOMERS_PER_RANGE, history.customers());
      for (long index = first; index < end; index++) {
        EndOfDayVersions versions = new EndOfDayVersions();
        history.simulate(index, versions);
        versions.forEach(version -> emit(version, out));
      }
    }

    private <T> void emit(Snapshot<T> version, MultiOutputReceiver out) {
      if (interval == null || interval.contains(version.day())) {
        out.get(tag(version.table())).output(version.row());
      }
    }
  }
}
