package org.stripeanalytics.marts;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.time.ZoneId;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.marts.CustomerSegment;

/**
 * {@code marts.customer_segments}: one row per customer and finished month of the interval, if it
 * had MRR at its end or at the end of the month before.
 */
public final class ComputeCustomerSegments {

  public static RowsOfTimelines<CustomerSegment> of(MetricPolicies policies) {
    return RowsOfTimelines.of(Tables.CUSTOMER_SEGMENTS, timeline -> rows(timeline, policies));
  }

  static ImmutableList<CustomerSegment> rows(CustomerTimeline timeline, MetricPolicies policies) {
    ZoneId zone = policies.frame().zone();
    MonthlyRevenue revenue = MonthlyRevenue.in(policies.frame().currency());
    return StagedMonth.of(timeline, policies).stream()
        .map(
            staged ->
                CustomerSegment.builder()
                    .setMonth(staged.month())
                    .setCustomerId(timeline.getCustomerId())
                    .setCustomerKey(customerKey(timeline, staged.month(), zone))
                    .setStage(staged.stage().id())
                    .setPreviousStage(staged.previous().id())
                    .setMrr(revenue.perMonth(staged.arr()))
                    .build())
        .collect(ImmutableList.toImmutableList());
  }

  /** That of the last instant of the month. */
  private static long customerKey(CustomerTimeline timeline, LocalDate month, ZoneId zone) {
    return timeline.customerKeyAt(Days.start(month.plusMonths(1), zone).minusNanos(1000));
  }

  private ComputeCustomerSegments() {}
}
