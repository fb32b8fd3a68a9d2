package org.stripeanalytics.synthesis;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.KV;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.account.Tallies;
import org.stripeanalytics.synthesis.account.Tally;
import org.stripeanalytics.synthesis.json.StripeJson;
import org.stripeanalytics.synthesis.life.CustomerHistory;

/**
 * The simulation of an account, cut into parts that know nothing of each other: ranges of
 * customers, and after them what depends on all of them. What comes out depends only on the account
 * and the interval, not on who works on which part.
 */
final class AccountSimulation implements Serializable {
  /** Small, so that the last range ends soon after the others. */
  private static final long LEAST_CUSTOMERS_PER_RANGE = 100;

  /** Bounds the number of files that one table becomes. */
  private static final long MOST_RANGES = 500;

  private final SimulatedAccount account;
  private final DataInterval interval;
  private final boolean truth;
  private transient CustomerHistory history;
  private transient StripeJson json;

  /**
   * @param interval the days of which something is wanted
   * @param truth whether the truth about customers is
   */
  AccountSimulation(SimulatedAccount account, DataInterval interval, boolean truth) {
    this.account = interval.to().isBefore(account.end()) ? account.until(interval.to()) : account;
    this.interval = interval;
    this.truth = truth;
  }

  /** The numbers of the ranges, from 0. */
  List<Long> ranges() {
    long customers = history().customers();
    List<Long> ranges = new ArrayList<>();
    for (long range = 0; range * customersPerRange() < customers; range++) {
      ranges.add(range);
    }
    return ranges;
  }

  /** Derived from the account, so that the parts do not depend on the machine. */
  private long customersPerRange() {
    return Math.max(LEAST_CUSTOMERS_PER_RANGE, account.customers() / MOST_RANGES);
  }

  /** Simulates a range of customers, and adds up what the objects of the account depend on. */
  void simulate(long range, HistoryCollector out, Consumer<KV<Tally, Long>> tallied) {
    Tallies tallies = new Tallies(account.profile());
    long first = range * customersPerRange();
    long end = Math.min(first + customersPerRange(), history().customers());
    for (long index = first; index < end; index++) {
      simulateOne(index, tallies, out);
    }
    tallies.sums().forEach((tally, sum) -> tallied.accept(KV.of(tally, sum)));
  }

  private void simulateOne(long index, Tallies tallies, HistoryCollector out) {
    out.collect(
        recorder ->
            history()
                .simulate(index, recorder.and(tallies))
                .ifPresent(
                    known -> {
                      if (truth) {
                        out.collect(known);
                      }
                      out.collectSources(index, known);
                    }));
  }

  /**
   * Simulates what belongs to no single customer.
   *
   * @param totals the tallies of all ranges
   */
  void simulateAccount(Map<Tally, Long> totals, HistoryCollector out) {
    out.collect(
        recorder -> {
          history().simulateCatalogue(recorder);
          history().simulateAccount(totals, recorder);
        });
    out.collectSources();
    history().simulateMarketing(out::collect);
  }

  DataInterval interval() {
    return interval;
  }

  boolean truth() {
    return truth;
  }

  Population population() {
    return history().population();
  }

  StripeJson json() {
    if (json == null) {
      json = new StripeJson(population().constants());
    }
    return json;
  }

  private CustomerHistory history() {
    if (history == null) {
      history = CustomerHistory.of(account);
    }
    return history;
  }
}
