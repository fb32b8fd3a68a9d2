package org.stripeanalytics.synthesis.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Which day of the reporting zone an instant falls on. */
public final class ReportingDays {
  private static final int SECONDS_PER_DAY = 86_400;

  private final ZoneId zone;
  private final boolean utc;

  /** Changes come in clusters, so the day is often that of the instant before. */
  private long epochDay = Long.MIN_VALUE;

  private LocalDate day;

  public ReportingDays(ZoneId zone) {
    this.zone = zone;
    this.utc = zone.normalized().equals(ZoneOffset.UTC);
  }

  public LocalDate of(Instant at) {
    if (!utc) {
      return LocalDate.ofInstant(at, zone);
    }
    long number = Math.floorDiv(at.getEpochSecond(), SECONDS_PER_DAY);
    if (number != epochDay) {
      epochDay = number;
      day = LocalDate.ofEpochDay(number);
    }
    return day;
  }

  Instant start(LocalDate date) {
    return date.atStartOfDay(zone).toInstant();
  }
}
