package org.stripeanalytics.synthesis;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.history.Snapshot;
import org.stripeanalytics.synthesis.life.CustomerHistory;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.ProfileReader;

/** Simulated accounts for tests: five years from 2021 unless told otherwise, in memory. */
public final class Simulations {
  public static final LocalDate START = LocalDate.of(2021, 1, 1);
  static final LocalDate END = LocalDate.of(2026, 1, 1);
  private static final long EVERYTHING_SEED = 166;
  private static final ZoneId UTC = ZoneId.of("UTC");

  /** A thousand customers among whom everything happens that can happen. */
  static SimulatedAccount everything() {
    return account(EVERYTHING_SEED, 1000);
  }

  public static SimulatedAccount account(long seed, long customers) {
    return account(ProfileReader.defaults(), seed, customers);
  }

  static SimulatedAccount account(Profile profile, long seed, long customers) {
    return new SimulatedAccount(profile, seed, customers, START, END, UTC);
  }

  static CustomerHistory history(SimulatedAccount account) {
    return CustomerHistory.of(account);
  }

  /** The end-of-day versions of some customers, in the order of their indices. */
  static List<Snapshot<?>> versions(SimulatedAccount account, long first, long last) {
    CustomerHistory history = history(account);
    List<Snapshot<?>> versions = new ArrayList<>();
    for (long index = first; index < Math.min(last, history.customers()); index++) {
      EndOfDayVersions one = new EndOfDayVersions();
      history.simulate(index, one);
      one.forEach(versions::add);
    }
    return versions;
  }

  static List<Snapshot<?>> versions(SimulatedAccount account) {
    return versions(account, 0, account.customers());
  }

  /** The newest version of every object of one table. */
  static <T> List<T> newest(List<Snapshot<?>> versions, WarehouseTable<T> table) {
    Map<String, T> newest = new LinkedHashMap<>();
    for (Snapshot<?> version : versions) {
      if (version.table().equals(table)) {
        newest.put(version.id(), table.rowClass().cast(version.row()));
      }
    }
    return new ArrayList<>(newest.values());
  }

  private Simulations() {}
}
