package org.stripeanalytics.facts;

import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.intermediate.CustomerTimeline;
import org.stripeanalytics.intermediate.MetricPolicies;
import org.stripeanalytics.model.facts.MrrMovement;

/**
 * {@code facts.fct_mrr_movements}: one row per customer, day and type of movement. Keeps windows
 * and timestamps.
 */
public final class ComputeMrrMovements
    extends PTransform<PCollection<CustomerTimeline>, PCollection<MrrMovement>> {
  private final MetricPolicies policies;

  private ComputeMrrMovements(MetricPolicies policies) {
    this.policies = policies;
  }

  public static ComputeMrrMovements of(MetricPolicies policies) {
    return new ComputeMrrMovements(policies);
  }

  @Override
  public PCollection<MrrMovement> expand(PCollection<CustomerTimeline> timelines) {
    MetricPolicies choices = policies;
    return timelines.apply(
        "CompareDays",
        FlatMapElements.into(TypeDescriptor.of(MrrMovement.class))
            .via(timeline -> MrrMovements.of(timeline, choices.reportingZone())));
  }
}
