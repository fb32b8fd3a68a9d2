package org.stripeanalytics.synthesis.account;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.profile.Profile;

/**
 * Days on which something goes wrong, so that whoever watches the figures can be tested: at the
 * card networks, which the customers' histories show, and in loading, which only tables show. Days
 * are those of the account's zone.
 *
 * @param declineShares the part of the day's first attempts that are declined whatever the card
 * @param doubled days whose rows are loaded twice
 * @param missing days whose rows are not loaded
 */
public record Incidents(
    ZoneId zone,
    ImmutableMap<LocalDate, Double> declineShares,
    ImmutableSet<LocalDate> doubled,
    ImmutableSet<LocalDate> missing) {

  static Incidents of(Profile.Incidents profile, ZoneId zone) {
    ImmutableMap.Builder<LocalDate, Double> shares = ImmutableMap.builder();
    profile.declines().forEach(day -> shares.put(LocalDate.parse(day.day()), day.share()));
    return new Incidents(
        zone,
        shares.buildKeepingLast(),
        dates(profile.doubledLoads()),
        dates(profile.missingLoads()));
  }

  /** Whether an attempt is declined for no fault of its card. Takes nothing from the stream. */
  public boolean declines(Instant at, RandomStream attempt) {
    if (declineShares.isEmpty()) {
      return false;
    }
    double share = declineShares.getOrDefault(LocalDate.ofInstant(at, zone), 0.0);
    return share > 0 && attempt.fork("incident").chance(share);
  }

  /** How often the rows of a day are loaded. */
  public int loadsOf(LocalDate day) {
    return missing.contains(day) ? 0 : doubled.contains(day) ? 2 : 1;
  }

  private static ImmutableSet<LocalDate> dates(List<String> days) {
    return days.stream().map(LocalDate::parse).collect(ImmutableSet.toImmutableSet());
  }
}
