package org.stripeanalytics.facts;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.MrrHistory;
import org.stripeanalytics.fold.timeline.MrrLevel;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.intermediate.SpellItem;

/**
 * {@code facts.fct_customer_months}: one row per customer and finished month of the interval, if it
 * had MRR at its end or at the end of the month before.
 */
public final class ComputeCustomerMonths {

  public static RowsOfTimelines<CustomerMonth> in(ZoneId zone) {
    return RowsOfTimelines.of(Tables.FCT_CUSTOMER_MONTHS, timeline -> rows(timeline, zone));
  }

  public static ImmutableList<CustomerMonth> rows(CustomerTimeline timeline, ZoneId zone) {
    ImmutableList.Builder<CustomerMonth> rows = ImmutableList.builder();
    MrrHistory revenue = MrrHistory.of(timeline, zone);
    LocalDate firstOn = revenue.firstOn();
    if (firstOn == null) {
      return rows.build();
    }
    LocalDate cohort = firstOn.withDayOfMonth(1);
    LocalDate first = timeline.getFrom().withDayOfMonth(1);
    for (LocalDate month = cohort.isAfter(first) ? cohort : first;
        !month.plusMonths(1).isAfter(timeline.getTo());
        month = month.plusMonths(1)) {
      MrrLevel level = revenue.atEndOf(month.plusMonths(1).minusDays(1));
      long before = revenue.atEndOfMonth(month.minusMonths(1));
      if (level.getArr() > 0 || before > 0) {
        rows.add(row(timeline, revenue, cohort, month, level, zone));
      }
    }
    return rows.build();
  }

  private static CustomerMonth row(
      CustomerTimeline timeline,
      MrrHistory revenue,
      LocalDate cohort,
      LocalDate month,
      MrrLevel level,
      ZoneId zone) {
    Instant end = Days.start(month.plusMonths(1), zone);
    CustomerSegments segments = timeline.getSegments();
    return CustomerMonth.builder()
        .setCustomerKey(timeline.customerKeyAt(end.minusNanos(1000)))
        .setCustomerId(timeline.getCustomerId())
        .setMonth(month)
        .setCohortMonth(cohort)
        .setArrMinor(level.getArr())
        .setArrMinorList(level.getList())
        .setArrMinorBilled(level.getBilled())
        .setArrMinor1mBefore(revenue.atEndOfMonth(month.minusMonths(1)))
        .setArrMinor12mBefore(revenue.atEndOfMonth(month.minusMonths(12)))
        .setPlan(plan(timeline, end))
        .setCountry(segments.getCountry())
        .setRegion(segments.getRegion())
        .setChannel(segments.getChannel())
        .setInitialPlan(segments.getInitialPlan())
        .build();
  }

  /** The plan of the largest item that counts just before an instant. */
  private static String plan(CustomerTimeline timeline, Instant end) {
    return timeline.getSpells().stream()
        .filter(spell -> spell.getIsCounted() && spell.getValidFrom().isBefore(end))
        .filter(spell -> spell.getValidTo() == null || !spell.getValidTo().isBefore(end))
        .flatMap(spell -> spell.getItems().stream())
        .max(
            Comparator.comparing(SpellItem::getArrMinor)
                .thenComparing(SpellItem::getItemId, Comparator.reverseOrder()))
        .map(SpellItem::getPlan)
        .orElse("none");
  }

  private ComputeCustomerMonths() {}
}
