package org.stripeanalytics.streaming;

import java.time.LocalDate;
import java.time.ZoneId;
import org.joda.time.Instant;
import org.stripeanalytics.fold.terms.Days;

/** Times as Beam has them. */
final class EventTime {
  static Instant of(java.time.Instant instant) {
    return Instant.ofEpochMilli(instant.toEpochMilli());
  }

  /** When a day begins. */
  static Instant start(LocalDate day, ZoneId zone) {
    return of(Days.start(day, zone));
  }

  /** The last moment of a month: no element of it is later. */
  static Instant lastOf(LocalDate month, ZoneId zone) {
    return start(month.plusMonths(1), zone).minus(1);
  }

  static java.time.Instant toInstant(Instant instant) {
    return java.time.Instant.ofEpochMilli(instant.getMillis());
  }

  private EventTime() {}
}
