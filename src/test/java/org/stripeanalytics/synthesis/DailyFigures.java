package org.stripeanalytics.synthesis;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.marts.WatchedDay;
import org.stripeanalytics.marts.WatchedMetric;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.Charge;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.Refund;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.model.truth.TrueMovement;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.account.Tally;
import org.stripeanalytics.warehouse.RowSink;

/**
 * The watched figures of a simulated account, day by day, counted from its raw rows; MRR is what
 * the simulation itself knows of it.
 */
public final class DailyFigures {
  private final Map<String, TreeMap<LocalDate, Long>> counts = new HashMap<>();
  private final TreeMap<LocalDate, long[]> mrr = new TreeMap<>();
  private final Set<String> seen = new HashSet<>();

  public static Map<String, List<WatchedDay>> of(SimulatedAccount account) {
    DailyFigures figures = new DailyFigures();
    AccountSimulation simulation =
        new AccountSimulation(account, DataInterval.of(account.start(), account.end()), true);
    HistoryCollector rows =
        new RowCollector(
            simulation.population(),
            simulation.json(),
            simulation.interval(),
            new RowSink() {
              @Override
              public <T> void put(WarehouseTable<T> table, T row) {
                figures.count(table, row);
              }
            });
    Map<Tally, Long> totals = new HashMap<>();
    for (long range : simulation.ranges()) {
      simulation.simulate(
          range, rows, tally -> totals.merge(tally.getKey(), tally.getValue(), Long::sum));
    }
    simulation.simulateAccount(totals, rows);
    return figures.series();
  }

  private void count(WarehouseTable<?> table, Object row) {
    if (row instanceof CustomerTruth truth) {
      long before = 0;
      for (TrueMovement movement : truth.getMovements()) {
        move(movement, before);
        before = movement.getArrMinor();
      }
      return;
    }
    count("rows " + table.name(), day(table, row));
    count("rows all", day(table, row));
    if (row instanceof Customer customer && seen.add(customer.getId())) {
      count("signups all", customer.getSnapshotDate());
    } else if (row instanceof Charge charge
        && charge.getStatus().equals("failed")
        && seen.add(charge.getId())) {
      count("payment_failures all", charge.getSnapshotDate());
    } else if (row instanceof Refund refund && seen.add(refund.getId())) {
      count("refunds all", refund.getSnapshotDate());
    }
  }

  private static LocalDate day(WarehouseTable<?> table, Object row) {
    try {
      return (LocalDate) table.rowClass().getMethod("getSnapshotDate").invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(row + " is no raw row", e);
    }
  }

  private void count(String series, LocalDate day) {
    counts.computeIfAbsent(series, absent -> new TreeMap<>()).merge(day, 1L, Long::sum);
  }

  private void move(TrueMovement movement, long before) {
    long[] day = mrr.computeIfAbsent(movement.getDay(), absent -> new long[2]);
    day[0] += movement.getArrMinor() - before;
    day[1] += (movement.getArrMinor() > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
  }

  private Map<String, List<WatchedDay>> series() {
    Map<String, List<WatchedDay>> series = new TreeMap<>();
    counts.forEach(
        (name, days) -> {
          List<String> parts = List.of(name.split(" "));
          WatchedMetric metric = WatchedMetric.ofId(parts.get(0));
          days.forEach(
              (day, count) ->
                  series
                      .computeIfAbsent(name, absent -> new ArrayList<>())
                      .add(WatchedDay.count(metric, parts.get(1), day, count)));
        });
    long arr = 0;
    long customers = 0;
    LocalDate last = mrr.lastKey();
    for (LocalDate day = mrr.firstKey(); !day.isAfter(last); day = day.plusDays(1)) {
      long[] moved = mrr.getOrDefault(day, new long[2]);
      series
          .computeIfAbsent("mrr_change all", absent -> new ArrayList<>())
          .add(WatchedDay.mrrChange(day, major(moved[0]), major(arr), customers));
      arr += moved[0];
      customers += moved[1];
    }
    return series;
  }

  private static BigDecimal major(long arrMinor) {
    return BigDecimal.valueOf(arrMinor).divide(BigDecimal.valueOf(1200), 9, RoundingMode.HALF_UP);
  }
}
