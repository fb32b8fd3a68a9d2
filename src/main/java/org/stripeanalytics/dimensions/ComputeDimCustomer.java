package org.stripeanalytics.dimensions;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.intermediate.CustomerTimeline;
import org.stripeanalytics.intermediate.MetricPolicies;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.dimensions.CustomerVersion;

/**
 * {@code dimensions.dim_customer}: one row per customer and version of its tracked attributes, and
 * the unknown member. Keeps windows and timestamps.
 */
public final class ComputeDimCustomer
    extends PTransform<PCollection<CustomerTimeline>, PCollection<CustomerVersion>> {
  private final MetricPolicies policies;

  private ComputeDimCustomer(MetricPolicies policies) {
    this.policies = policies;
  }

  public static ComputeDimCustomer of(MetricPolicies policies) {
    return new ComputeDimCustomer(policies);
  }

  @Override
  public PCollection<CustomerVersion> expand(PCollection<CustomerTimeline> timelines) {
    MetricPolicies choices = policies;
    return timelines
        .apply(
            "OpenVersions",
            RowsOfTimelines.of(
                Tables.DIM_CUSTOMER,
                timeline -> CustomerVersions.of(timeline, choices.reportingZone())))
        .apply("AddUnknown", AddUnknown.of(Tables.DIM_CUSTOMER, CustomerVersions.unknown()));
  }
}
