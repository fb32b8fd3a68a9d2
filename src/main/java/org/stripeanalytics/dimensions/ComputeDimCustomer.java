package org.stripeanalytics.dimensions;

import java.time.ZoneId;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.dimensions.CustomerVersion;

/**
 * {@code dimensions.dim_customer}: one row per customer and version of its tracked attributes.
 * Keeps windows and timestamps.
 */
public final class ComputeDimCustomer {

  public static RowsOfTimelines<CustomerVersion> in(ZoneId zone) {
    return RowsOfTimelines.of(Tables.DIM_CUSTOMER, timeline -> CustomerVersions.of(timeline, zone));
  }

  /** What stands for everybody who is not known, so that no join drops a fact. */
  public static CustomerVersion unknown() {
    return CustomerVersions.unknown();
  }

  private ComputeDimCustomer() {}
}
