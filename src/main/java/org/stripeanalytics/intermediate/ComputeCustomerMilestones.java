package org.stripeanalytics.intermediate;

import com.google.common.collect.ImmutableList;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.intermediate.CustomerMilestones;

/** {@code intermediate.customer_milestones}: what customers have reached by the interval's end. */
public final class ComputeCustomerMilestones {

  public static RowsOfTimelines<CustomerMilestones> create() {
    return RowsOfTimelines.of(Tables.CUSTOMER_MILESTONES, timeline -> milestones(timeline));
  }

  private static ImmutableList<CustomerMilestones> milestones(CustomerTimeline timeline) {
    return timeline.getMilestones() == null
        ? ImmutableList.of()
        : ImmutableList.of(timeline.getMilestones());
  }

  private ComputeCustomerMilestones() {}
}
