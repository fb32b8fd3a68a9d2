package org.stripeanalytics.fold.terms;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Days of the reporting zone. They are half-open: an instant at midnight opens the new day. */
public final class Days {

  /** The day an instant falls on. */
  public static LocalDate of(Instant instant, ZoneId zone) {
    return LocalDate.ofInstant(instant, zone);
  }

  /** When a day begins. */
  public static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** First instant after the day: the state at the end of a day is the one just before it. */
  public static Instant end(LocalDate day, ZoneId zone) {
    return start(day.plusDays(1), zone);
  }

  private Days() {}
}
