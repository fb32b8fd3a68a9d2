package org.stripeanalytics.facts;

import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.facts.MrrMovement;

/** {@code facts.fct_mrr_movements}: one row per customer, day and type of movement. */
public final class ComputeMrrMovements {

  public static RowsOfTimelines<MrrMovement> of(MetricPolicies policies) {
    return RowsOfTimelines.of(
        Tables.FCT_MRR_MOVEMENTS, timeline -> MrrMovements.of(timeline, policies.reportingZone()));
  }

  private ComputeMrrMovements() {}
}
