package org.stripeanalytics.synthesis.history;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Days on which banks work. */
public final class BusinessDays {

  /** Midnight UTC of the {@code days}th business day after the day of {@code at}. */
  public static Instant after(Instant at, int days) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    for (int left = days; left > 0; ) {
      day = day.plusDays(1);
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        left--;
      }
    }
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private BusinessDays() {}
}
