package org.stripeanalytics.intermediate;

import static org.stripeanalytics.fold.Snapshots.aSubscription;

import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.schema.RowCoder;

@ExtendWith(TestPipelineExtension.class)
class ComputeSubscriptionSpellsTest {

  @Test
  void aTimelinesSpellsAreTheTablesRows(TestPipeline pipeline) {
    CustomerTimeline timeline =
        Timelines.of(
            aSubscription().trialing("2024-01-01", "2024-01-15").active("2024-01-15"),
            aSubscription().id("sub_2").active("2024-02-01").canceled("2024-03-01"));

    PAssert.that(
            pipeline
                .apply(Create.of(timeline).withCoder(RowCoder.of(CustomerTimeline.class)))
                .apply(ComputeSubscriptionSpells.create()))
        .containsInAnyOrder(timeline.getSpells());
    pipeline.run().waitUntilFinish();
  }
}
