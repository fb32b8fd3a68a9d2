package org.stripeanalytics.fold.timeline;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.NavigableMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.model.DataInterval;

/**
 * A customer's recurring revenue at the end of every day of an interval, and what must be
 * remembered of it at any of them.
 */
public final class MrrHistory {
  private static final int MONTHS_REMEMBERED = 12;

  private final OpeningMrr opening;
  private final DataInterval interval;
  private final ZoneId zone;
  private final NavigableMap<LocalDate, MrrLevel> changes;
  private final @Nullable LocalDate firstMonthEnd;

  private MrrHistory(
      OpeningMrr opening,
      DataInterval interval,
      ZoneId zone,
      NavigableMap<LocalDate, MrrLevel> changes) {
    this.opening = opening;
    this.interval = interval;
    this.zone = zone;
    this.changes = changes;
    this.firstMonthEnd = firstMonthEnd();
  }

  /** The first month of the interval with revenue at its end. */
  private @Nullable LocalDate firstMonthEnd() {
    LocalDate month = interval.from().withDayOfMonth(1);
    while (month.plusMonths(1).minusDays(1).isBefore(interval.to())) {
      if (atEndOfMonth(month) > 0) {
        return month;
      }
      month = month.plusMonths(1);
    }
    return null;
  }

  /** Of the days of the timeline's interval, and what came before it. */
  public static MrrHistory of(CustomerTimeline timeline, ZoneId zone) {
    ImmutableSortedMap.Builder<LocalDate, MrrLevel> changes = ImmutableSortedMap.naturalOrder();
    DailyMrr.of(timeline, zone).forEach(day -> changes.put(day.day(), day.after()));
    return new MrrHistory(timeline.getOpening(), timeline.interval(), zone, changes.buildOrThrow());
  }

  /** The level at the end of a day of the interval. */
  public MrrLevel atEndOf(LocalDate day) {
    Map.Entry<LocalDate, MrrLevel> last = changes.floorEntry(day);
    return last == null ? opening.getLevel() : last.getValue();
  }

  /** Annualised minor units at the end of a month of the interval, or of the twelve before it. */
  public long atEndOfMonth(LocalDate month) {
    LocalDate lastDay = month.plusMonths(1).minusDays(1);
    if (!lastDay.isBefore(interval.from())) {
      return atEndOf(lastDay).getArr();
    }
    return opening.atEndOfMonth(month);
  }

  /** The first day with revenue, as known at an instant; null where there was none by then. */
  public @Nullable LocalDate firstOn(Instant end) {
    if (opening.getFirstMrrOn() != null) {
      return opening.getFirstMrrOn();
    }
    return changes.headMap(Days.of(end, zone), false).entrySet().stream()
        .filter(change -> change.getValue().getArr() > 0)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** The first day with revenue; null where there was none by the interval's end. */
  public @Nullable LocalDate firstOn() {
    return firstOn(Days.start(interval.to(), zone));
  }

  /**
   * What the next interval must know.
   *
   * @param end the first day after
   */
  public OpeningMrr openingAt(LocalDate end) {
    LocalDate lastDay = end.minusDays(1);
    LocalDate firstOn = firstOn(Days.start(end, zone));
    LocalDate unfinished = end.withDayOfMonth(1);
    ImmutableList.Builder<MonthEndArr> monthEnds = ImmutableList.builder();
    long before = 0;
    for (LocalDate month = oldestRemembered(end);
        month.isBefore(unfinished);
        month = month.plusMonths(1)) {
      long arr = atEndOfMonth(month);
      if (arr != before) {
        monthEnds.add(MonthEndArr.of(month, arr));
      }
      before = arr;
    }
    boolean hadMonthEnd =
        opening.getHadMonthEndMrr()
            || (firstMonthEnd != null && firstMonthEnd.isBefore(unfinished));
    return OpeningMrr.of(
            atEndOf(lastDay),
            opening.getHadMrr() || firstOn != null,
            atEndOfMonth(unfinished.minusMonths(1)),
            hadMonthEnd)
        .withHistory(firstOn, monthEnds.build());
  }

  /**
   * The first month whose end matters to later ones.
   *
   * @param end the first day after those that are known
   */
  public static LocalDate oldestRemembered(LocalDate end) {
    return end.withDayOfMonth(1).minusMonths(MONTHS_REMEMBERED);
  }
}
