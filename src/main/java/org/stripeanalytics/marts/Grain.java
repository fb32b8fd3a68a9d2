package org.stripeanalytics.marts;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.CalendarWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.stripeanalytics.warehouse.ReportingZones;

/** The periods a mart counts by: calendar days or months of the reporting zone. */
public enum Grain {
  DAY {
    @Override
    WindowFn<Object, IntervalWindow> windows(ZoneId zone) {
      return CalendarWindows.days(1).withTimeZone(ReportingZones.joda(zone));
    }

    @Override
    LocalDate before(LocalDate period, int periods) {
      return period.minusDays(periods);
    }

    @Override
    LocalDate containing(LocalDate day) {
      return day;
    }
  },
  MONTH {
    @Override
    WindowFn<Object, IntervalWindow> windows(ZoneId zone) {
      return CalendarWindows.months(1).withTimeZone(ReportingZones.joda(zone));
    }

    @Override
    LocalDate before(LocalDate period, int periods) {
      return period.minusMonths(periods);
    }

    @Override
    LocalDate containing(LocalDate day) {
      return day.with(TemporalAdjusters.firstDayOfMonth());
    }
  };

  /** Windows that are the periods; a day with a clock change is one window too. */
  abstract WindowFn<Object, IntervalWindow> windows(ZoneId zone);

  /** The period so many periods before another, each named by its first day. */
  abstract LocalDate before(LocalDate period, int periods);

  /** The period after a period. */
  LocalDate next(LocalDate period) {
    return before(period, -1);
  }

  abstract LocalDate containing(LocalDate day);

  /** The period that a window is. */
  static LocalDate period(BoundedWindow window, ZoneId zone) {
    long start = ((IntervalWindow) window).start().getMillis();
    return LocalDate.ofInstant(java.time.Instant.ofEpochMilli(start), zone);
  }
}
