package org.stripeanalytics.dimensions;

import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.intermediate.CustomerTimeline;
import org.stripeanalytics.intermediate.MetricPolicies;
import org.stripeanalytics.model.dimensions.CustomerVersion;

/**
 * {@code dimensions.dim_customer}: one row per customer and version of its tracked attributes.
 * Keeps windows and timestamps.
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
    return timelines.apply(
        "OpenVersions",
        FlatMapElements.into(TypeDescriptor.of(CustomerVersion.class))
            .via(timeline -> CustomerVersions.of(timeline, choices.reportingZone())));
  }
}
