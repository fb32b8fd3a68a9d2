package org.stripeanalytics.intermediate;

import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;

/**
 * {@code intermediate.subscription_spells}: the spells of every customer's timeline. Keeps windows
 * and timestamps.
 */
public final class ComputeSubscriptionSpells
    extends PTransform<PCollection<CustomerTimeline>, PCollection<SubscriptionSpell>> {

  private ComputeSubscriptionSpells() {}

  public static ComputeSubscriptionSpells create() {
    return new ComputeSubscriptionSpells();
  }

  @Override
  public PCollection<SubscriptionSpell> expand(PCollection<CustomerTimeline> timelines) {
    return timelines.apply(
        "TakeSpells",
        FlatMapElements.into(TypeDescriptor.of(SubscriptionSpell.class))
            .via(CustomerTimeline::getSpells));
  }
}
