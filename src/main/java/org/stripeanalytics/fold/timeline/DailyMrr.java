package org.stripeanalytics.fold.timeline;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;

/**
 * The days of an interval on which a customer's recurring revenue at the end of the day differs
 * from the end of the day before. What starts and ends inside one day does not show.
 */
public final class DailyMrr {

  /** A day, with the levels at the end of the day before and of the day itself. */
  public record Day(LocalDate day, MrrLevel before, MrrLevel after) {}

  /** In time order. */
  public static ImmutableList<Day> of(CustomerTimeline timeline, ZoneId zone) {
    ImmutableList.Builder<Day> days = ImmutableList.builder();
    MrrLevel before = timeline.getOpening().getLevel();
    for (LocalDate day : daysOfChange(timeline, zone)) {
      MrrLevel after = MrrLevel.of(lasting(timeline.getSpells(), Days.end(day, zone)));
      if (!after.equals(before)) {
        days.add(new Day(day, before, after));
        before = after;
      }
    }
    return days.build();
  }

  private static Set<LocalDate> daysOfChange(CustomerTimeline timeline, ZoneId zone) {
    Set<LocalDate> days = new TreeSet<>();
    for (SubscriptionSpell spell : timeline.getSpells()) {
      days.add(Days.of(spell.getValidFrom(), zone));
      if (spell.getValidTo() != null) {
        days.add(Days.of(spell.getValidTo(), zone));
      }
    }
    // What was late to be seen has changed the level before the interval's first day began.
    days.add(timeline.getFrom());
    days.removeIf(day -> !timeline.interval().contains(day));
    return days;
  }

  /** The spells that hold just before an instant. */
  private static List<SubscriptionSpell> lasting(List<SubscriptionSpell> spells, Instant end) {
    return spells.stream()
        .filter(spell -> spell.getValidFrom().isBefore(end))
        .filter(spell -> spell.getValidTo() == null || !spell.getValidTo().isBefore(end))
        .toList();
  }

  private DailyMrr() {}
}
