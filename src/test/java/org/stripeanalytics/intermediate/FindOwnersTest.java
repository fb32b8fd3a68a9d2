package org.stripeanalytics.intermediate;

import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.intermediate.Owners.stored;

import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.Payments;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.schema.RowCoder;

@ExtendWith(TestPipelineExtension.class)
class FindOwnersTest {
  private final Payments invoice = Payments.of("in_1");

  @Test
  void whatNamesNoCustomerFindsItThroughItsInvoiceOrCharge(TestPipeline pipeline) {
    List<Change> changes =
        List.of(
            invoice.open("2024-03-10"),
            invoice.link("2024-03-10"),
            invoice.charge("ch_1", "2024-03-10", "succeeded"),
            read(invoice.dispute("du_1", "ch_1", "2024-03-20", "2024-03-20", "lost")),
            read(invoice.refund("re_1", "ch_gone", "2024-03-20", "succeeded", "2024-03-20")),
            read(invoice.dispute("du_2", "ch_old", "2024-03-21", "2024-03-21", "lost")));

    PAssert.that(
            pipeline
                .apply(Create.of(changes).withCoder(RowCoder.of(Change.class)))
                .apply(
                    FindOwners.among(
                        at("2024-03-01"),
                        pipeline.apply(
                            "Stored",
                            Create.of(stored("ch_old", "cus_9"))
                                .withCoder(Tables.OBJECT_OWNERS.coder()))))
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            change ->
                                change.version().getId()
                                    + " of "
                                    + change.customerId()
                                    + (change.getOrigin() == null ? "" : ", stored"))))
        .containsInAnyOrder(
            "in_1 of cus_1",
            "inpay_in_1 of cus_1",
            "ch_1 of cus_1",
            "du_1 of cus_1",
            "re_1 of guest:ch_gone",
            "du_2 of cus_9, stored");
    pipeline.run().waitUntilFinish();
  }

  /** One warehouse says beforehand that nothing is stored, another gives no rows. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereNothingIsStoredTheRunFindsItsOwnObjects(boolean read, TestPipeline pipeline) {
    List<Change> changes =
        List.of(
            invoice.charge("ch_1", "2024-03-10", "succeeded"),
            read(invoice.dispute("du_1", "ch_1", "2024-03-20", "2024-03-20", "lost")));
    PCollection<ObjectOwner> stored =
        read ? pipeline.apply("Stored", Create.empty(Tables.OBJECT_OWNERS.coder())) : null;

    PAssert.that(
            pipeline
                .apply(Create.of(changes).withCoder(RowCoder.of(Change.class)))
                .apply(FindOwners.among(at("2024-03-01"), stored))
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(change -> change.version().getId() + " of " + change.customerId())))
        .containsInAnyOrder("ch_1 of cus_1", "du_1 of cus_1");
    pipeline.run().waitUntilFinish();
  }

  /** As it is read: it names no customer. */
  private static Change read(Change change) {
    return change.getRefund() == null
        ? Change.of(change.getDispute())
        : Change.of(change.getRefund());
  }
}
