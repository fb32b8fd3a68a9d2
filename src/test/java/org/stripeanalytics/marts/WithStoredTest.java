package org.stripeanalytics.marts;

import static org.stripeanalytics.intermediate.Snapshots.day;
import static org.stripeanalytics.marts.Facts.aCharge;

import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.model.facts.PaymentFact;
import org.stripeanalytics.model.schema.RowCoder;

@ExtendWith(TestPipelineExtension.class)
class WithStoredTest {

  @Test
  void theLaterOfTwoRowsStaysAndOfTwoAsLateTheNewOne(TestPipeline pipeline) {
    PaymentFact onlyStored = charge("ch_stored", "2024-01-10", "succeeded");
    PaymentFact onlyMade = charge("ch_made", "2024-02-10", "succeeded");
    PaymentFact updated = charge("ch_updated", "2024-02-10", "succeeded");
    PaymentFact laterStored = charge("ch_late", "2024-03-10", "failed");
    PaymentFact again = charge("ch_again", "2024-01-10", "failed");

    PAssert.that(
            Facts.in(
                    pipeline,
                    PaymentFact.class,
                    onlyMade,
                    updated,
                    charge("ch_late", "2024-02-10", "succeeded"),
                    again)
                .apply(
                    WithStored.of(
                        pipeline.apply(
                            "CreateStored",
                            Create.of(
                                    onlyStored,
                                    charge("ch_updated", "2024-01-10", "pending"),
                                    laterStored,
                                    charge("ch_again", "2024-01-10", "pending"))
                                .withCoder(RowCoder.of(PaymentFact.class))),
                        PaymentFact::getChargeId,
                        PaymentFact::getAsOf)))
        .containsInAnyOrder(onlyStored, onlyMade, updated, laterStored, again);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void whereNothingIsStoredEveryNewRowStays(TestPipeline pipeline) {
    PaymentFact made = charge("ch_made", "2024-02-10", "succeeded");

    PAssert.that(
            Facts.in(pipeline, PaymentFact.class, made)
                .apply(
                    WithStored.of(
                        pipeline.apply(
                            "CreateStored", Create.empty(RowCoder.of(PaymentFact.class))),
                        PaymentFact::getChargeId,
                        PaymentFact::getAsOf)))
        .containsInAnyOrder(made);
    pipeline.run().waitUntilFinish();
  }

  private static PaymentFact charge(String id, String asOf, String status) {
    return aCharge(id, "2024-01-10").setStatus(status).setAsOf(day(asOf)).build();
  }
}
