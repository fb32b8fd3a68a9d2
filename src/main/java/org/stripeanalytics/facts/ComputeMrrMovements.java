package org.stripeanalytics.facts;

import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.facts.MrrMovement;

/** {@code facts.fct_mrr_movements}: one row per customer, day and type of movement. */
public final class ComputeMrrMovements {

  public static RowsOfTimelines<MrrMovement> of(ReportingFrame frame) {
    return RowsOfTimelines.of(
        Tables.FCT_MRR_MOVEMENTS, timeline -> MrrMovements.of(timeline, frame.zone()));
  }

  private ComputeMrrMovements() {}
}
