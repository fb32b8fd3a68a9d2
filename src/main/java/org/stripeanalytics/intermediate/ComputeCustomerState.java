package org.stripeanalytics.intermediate;

import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.intermediate.CustomerCheckpoint;

/** {@code intermediate.customer_state}: where folds of later intervals go on from. */
public final class ComputeCustomerState {

  public static RowsOfTimelines<CustomerCheckpoint> create() {
    return RowsOfTimelines.of(Tables.CUSTOMER_STATE, timeline -> timeline.getCheckpoints());
  }

  private ComputeCustomerState() {}
}
