package org.stripeanalytics.marts;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.MrrHistory;

/**
 * A customer's stage at the end of a month.
 *
 * @param month its first day
 * @param previous the stage at the end of the month before
 * @param arr annualised minor units at the end of the month
 */
record StagedMonth(LocalDate month, CustomerStage stage, CustomerStage previous, long arr) {

  /** The finished months of a timeline with MRR at their end or at the end of the one before. */
  static ImmutableList<StagedMonth> of(CustomerTimeline timeline, MetricPolicies policies) {
    MrrHistory revenue = MrrHistory.of(timeline, policies.frame().zone());
    StageRules rules = StageRules.of(policies);
    ImmutableList.Builder<StagedMonth> months = ImmutableList.builder();
    LocalDate first = timeline.getFrom().withDayOfMonth(1);
    CustomerStage previous = rules.at(revenue, first.minusMonths(1));
    for (LocalDate month = first;
        !month.plusMonths(1).isAfter(timeline.getTo());
        month = month.plusMonths(1)) {
      CustomerStage stage = rules.at(revenue, month);
      long arr = revenue.atEndOfMonth(month);
      if (arr > 0 || revenue.atEndOfMonth(month.minusMonths(1)) > 0) {
        months.add(new StagedMonth(month, stage, previous, arr));
      }
      previous = stage;
    }
    return months.build();
  }
}
