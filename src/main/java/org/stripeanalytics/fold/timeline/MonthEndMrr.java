package org.stripeanalytics.fold.timeline;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The months of an interval at whose end a customer's recurring revenue differs from the month end
 * before. What starts and ends inside one month does not show. A month that the interval does not
 * finish is left to the interval that does.
 */
public final class MonthEndMrr {

  /**
   * @param month its first day
   * @param before annualised minor units at the previous month end
   * @param after annualised minor units at this month end
   * @param hadBefore whether there was any at an earlier month end
   */
  public record Month(LocalDate month, long before, long after, boolean hadBefore) {}

  /** In time order. */
  public static ImmutableList<Month> of(CustomerTimeline timeline, ZoneId zone) {
    ImmutableList.Builder<Month> months = ImmutableList.builder();
    long before = timeline.getOpening().getMonthEndArr();
    boolean had = timeline.getOpening().getHadMonthEndMrr();
    for (var monthEnd : levels(timeline, zone).entrySet()) {
      long after = monthEnd.getValue();
      if (after != before) {
        months.add(new Month(monthEnd.getKey(), before, after, had));
        before = after;
      }
      had |= after > 0;
    }
    return months.build();
  }

  /**
   * Annualised minor units at the end of each finished month that may differ from the one before.
   */
  private static NavigableMap<LocalDate, Long> levels(CustomerTimeline timeline, ZoneId zone) {
    NavigableMap<LocalDate, Long> levels = new TreeMap<>();
    levels.put(monthOf(timeline.getFrom()), timeline.getOpening().getLevel().getArr());
    DailyMrr.of(timeline, zone)
        .forEach(day -> levels.put(monthOf(day.day()), day.after().getArr()));
    return levels.headMap(monthOf(timeline.getTo()), false);
  }

  private static LocalDate monthOf(LocalDate day) {
    return day.with(TemporalAdjusters.firstDayOfMonth());
  }

  private MonthEndMrr() {}
}
