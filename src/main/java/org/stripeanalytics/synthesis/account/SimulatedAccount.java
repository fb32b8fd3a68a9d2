package org.stripeanalytics.synthesis.account;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.stripeanalytics.synthesis.profile.Profile;

/**
 * Which account is simulated. Two equal values give the same bytes, wherever and in however many
 * parts they are computed.
 *
 * @param customers signups between {@code start} and the profile's horizon, not {@code end}
 * @param start first day of the history, in {@code zone}
 * @param end first day after it; work that is under way then is left as it is
 * @param zone the warehouse's reporting zone, which decides what a day is
 */
public record SimulatedAccount(
    Profile profile, long seed, long customers, LocalDate start, LocalDate end, ZoneId zone)
    implements Serializable {

  public SimulatedAccount {
    checkArgument(customers > 0, "customers is %s, not above 0", customers);
    checkArgument(end.isAfter(start), "end %s is not after start %s", end, start);
  }

  public Instant endInstant() {
    return end.atStartOfDay(zone).toInstant();
  }

  /** The same account, seen at an earlier or a later end. */
  public SimulatedAccount until(LocalDate otherEnd) {
    return new SimulatedAccount(profile, seed, customers, start, otherEnd, zone);
  }
}
