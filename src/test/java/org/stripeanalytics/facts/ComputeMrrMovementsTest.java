package org.stripeanalytics.facts;

import static org.stripeanalytics.fold.Snapshots.aSubscription;

import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.schema.RowCoder;

@ExtendWith(TestPipelineExtension.class)
class ComputeMrrMovementsTest {

  @Test
  void aSubscriptionThatComesAndGoesIsTwoMovements(TestPipeline pipeline) {
    CustomerTimeline timeline =
        Timelines.of(aSubscription().active("2024-02-29").canceled("2024-03-01", "payment_failed"));

    PAssert.that(
            pipeline
                .apply(Create.of(timeline).withCoder(RowCoder.of(CustomerTimeline.class)))
                .apply(ComputeMrrMovements.of(ReportingFrame.defaults()))
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(ComputeMrrMovementsTest::inWords)))
        .containsInAnyOrder(
            "cus_1 2024-02-29 new 0 to 24000 null",
            "cus_1 2024-03-01 churn 24000 to 0 involuntary");
    pipeline.run().waitUntilFinish();
  }

  private static String inWords(MrrMovement movement) {
    return "%s %s %s %d to %d %s"
        .formatted(
            movement.getCustomerId(),
            movement.getDay(),
            movement.getMovementType(),
            movement.getArrMinorBefore(),
            movement.getArrMinorAfter(),
            movement.getChurnKind());
  }
}
