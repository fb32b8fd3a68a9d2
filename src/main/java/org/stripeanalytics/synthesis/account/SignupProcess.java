package org.stripeanalytics.synthesis.account;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.Region;

/**
 * When customers sign up, and where. Their intensity Λ' is growth × month × holidays × weekday ×
 * hour × weekly noise, hour by hour and region by region; each region's total over the horizon is
 * its share. Λ is scaled on the horizon, which is fixed by the profile, and never on the end of the
 * simulated history: customer {@code i} of {@code N} signs up at Λ⁻¹((i + u) / N), so a range of
 * customers is a range of time and a later end moves nobody.
 */
public final class SignupProcess {
  private static final long HOUR = 3600;

  private final RandomStream account;
  private final long customers;
  private final Instant start;

  /** Λ at the start of each hour, from 0 to 1, by region in the order of the enum, and in all. */
  private final double[][] regionUpTo;

  private final double[] upTo;

  private SignupProcess(
      RandomStream account, long customers, Instant start, double[][] regionUpTo, double[] upTo) {
    this.account = account;
    this.customers = customers;
    this.start = start;
    this.regionUpTo = regionUpTo;
    this.upTo = upTo;
  }

  /**
   * @param customers signups between the start and the horizon
   * @param start first day of the simulated history, in {@code zone}
   */
  static SignupProcess of(
      Profile profile, long seed, long customers, LocalDate start, ZoneId zone) {
    Growth growth = Growth.of(profile.signups().yearlyGrowth());
    Instant first = start.atStartOfDay(zone).toInstant();
    Instant horizon = start.plusYears(growth.years()).atStartOfDay(zone).toInstant();
    int hours = (int) (Duration.between(first, horizon).getSeconds() / HOUR);
    RandomStream account = RandomStream.of(seed);
    double[][] regions = new double[Region.values().length][];
    double[] upTo = new double[hours + 1];
    for (Region region : Region.values()) {
      double[] intensity = new Intensity(profile, account, growth, region).hourly(first, hours);
      regions[region.ordinal()] = accumulated(intensity, profile.regions().get(region).share());
      for (int hour = 0; hour <= hours; hour++) {
        upTo[hour] += regions[region.ordinal()][hour];
      }
    }
    return new SignupProcess(account, customers, first, regions, upTo);
  }

  /** First instant after the last signup. */
  Instant horizon() {
    return start.plusSeconds((upTo.length - 1) * HOUR);
  }

  /** The signup of a customer, to the second. Never decreases with the index. */
  public Instant signup(long index) {
    double u = account.fork("signup", index).nextDouble();
    double share = (index + u) / customers * upTo[upTo.length - 1];
    int hour = hourOf(share);
    double part = (share - upTo[hour]) / (upTo[hour + 1] - upTo[hour]);
    long seconds = Math.min((long) (part * HOUR), HOUR - 1);
    return start.plusSeconds(hour * HOUR + seconds);
  }

  /** Where a customer lives who signs up at this time. */
  public Region region(Instant signup, RandomStream stream) {
    int hour = hourIndex(signup);
    double at = stream.nextDouble() * (upTo[hour + 1] - upTo[hour]);
    for (Region region : Region.values()) {
      at -= expected(region, hour);
      if (at < 0) {
        return region;
      }
    }
    return Region.NORTH_AMERICA;
  }

  /** How many customers sign up before this time, at most one too many. */
  public long customersBefore(Instant end) {
    if (!end.isAfter(start)) {
      return 0;
    }
    int hour =
        Math.min(
            (int) ((end.getEpochSecond() - start.getEpochSecond() + HOUR - 1) / HOUR),
            upTo.length - 1);
    return Math.min(customers, (long) (upTo[hour] / upTo[upTo.length - 1] * customers) + 1);
  }

  /** Signups to be expected in a region between two times within the horizon. */
  public double expected(Region region, Instant from, Instant to) {
    double[] cumulative = regionUpTo[region.ordinal()];
    return (cumulative[hourIndex(to)] - cumulative[hourIndex(from)]) * customers;
  }

  private double expected(Region region, int hour) {
    double[] cumulative = regionUpTo[region.ordinal()];
    return cumulative[hour + 1] - cumulative[hour];
  }

  private int hourIndex(Instant at) {
    long hour = (at.getEpochSecond() - start.getEpochSecond()) / HOUR;
    return (int) Math.max(0, Math.min(hour, upTo.length - 1));
  }

  /** The last hour that starts at or below this value of Λ. */
  private int hourOf(double share) {
    int low = 0;
    int high = upTo.length - 2;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (upTo[middle] <= share) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static double[] accumulated(double[] intensity, double total) {
    double sum = 0;
    for (double value : intensity) {
      sum += value;
    }
    double[] upTo = new double[intensity.length + 1];
    double running = 0;
    for (int i = 0; i < intensity.length; i++) {
      running += intensity[i];
      upTo[i + 1] = running / sum * total;
    }
    return upTo;
  }

  /** The intensity of one region, up to a factor. */
  private static final class Intensity {
    private static final double SECONDS_PER_YEAR = 365.25 * 86400;

    private final Profile.Signups signups;
    private final RandomStream account;
    private final Growth growth;
    private final ZoneId zone;
    private final Map<String, Double> holidays = new HashMap<>();

    Intensity(Profile profile, RandomStream account, Growth growth, Region region) {
      this.signups = profile.signups();
      this.account = account;
      this.growth = growth;
      this.zone = ZoneId.of(profile.regions().get(region).timeZone());
      signups.holidays().stream()
          .filter(holiday -> holiday.regions().contains(region))
          .forEach(this::remember);
    }

    double[] hourly(Instant first, int hours) {
      double[] intensity = new double[hours];
      LocalDate day = null;
      double daily = 0;
      for (int hour = 0; hour < hours; hour++) {
        Instant at = first.plusSeconds(hour * HOUR);
        ZonedDateTime local = at.atZone(zone);
        if (!local.toLocalDate().equals(day)) {
          day = local.toLocalDate();
          daily = daily(day);
        }
        double years = hour * HOUR / SECONDS_PER_YEAR;
        intensity[hour] = growth.at(years) * daily * signups.hours().get(local.getHour());
      }
      return intensity;
    }

    private double daily(LocalDate day) {
      long week = Math.floorDiv(day.toEpochDay() + 3, 7);
      double noise = account.fork("signup week", week).nextLogNormal(1, signups.weeklyNoise());
      double holiday =
          holidays.getOrDefault(day.toString(), 1.0)
              * holidays.getOrDefault(day.toString().substring(5), 1.0);
      return signups.months().get(day.getMonthValue() - 1)
          * signups.weekdays().get(day.getDayOfWeek().getValue() - 1)
          * noise
          * holiday;
    }

    private void remember(Profile.Holiday holiday) {
      for (String first : holiday.days()) {
        boolean yearly = first.length() == 5;
        LocalDate day = LocalDate.parse(yearly ? "2023-" + first : first);
        for (int i = 0; i < holiday.length(); i++) {
          String name = day.plusDays(i).toString();
          holidays.merge(yearly ? name.substring(5) : name, holiday.multiplier(), (a, b) -> a * b);
        }
      }
    }
  }
}
