package org.stripeanalytics.facts;

import static org.stripeanalytics.intermediate.Snapshots.aSubscription;
import static org.stripeanalytics.intermediate.Snapshots.day;

import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.intermediate.CustomerTimeline;
import org.stripeanalytics.intermediate.MetricPolicies;
import org.stripeanalytics.intermediate.Timelines;
import org.stripeanalytics.model.facts.MrrMovement;

@ExtendWith(TestPipelineExtension.class)
class ComputeMrrMovementsTest {

  @Test
  void aSubscriptionThatComesAndGoesIsTwoMovements(TestPipeline pipeline) {
    CustomerTimeline timeline =
        Timelines.of(aSubscription().active("2024-02-29").canceled("2024-03-01", "payment_failed"));
    MrrMovement.Builder movement = MrrMovement.builder().setCustomerId("cus_1");

    PAssert.that(
            pipeline
                .apply(
                    Create.of(timeline).withCoder(WarehouseTable.coderOf(CustomerTimeline.class)))
                .apply(ComputeMrrMovements.of(MetricPolicies.defaults())))
        .containsInAnyOrder(
            movement
                .setDay(day("2024-02-29"))
                .setMovementType("new")
                .setArrMinorBefore(0)
                .setArrMinorAfter(240_00)
                .setArrMinorChange(240_00)
                .build(),
            movement
                .setDay(day("2024-03-01"))
                .setMovementType("churn")
                .setArrMinorBefore(240_00)
                .setArrMinorAfter(0)
                .setArrMinorChange(-240_00)
                .setChurnKind("involuntary")
                .build());
    pipeline.run().waitUntilFinish();
  }
}
