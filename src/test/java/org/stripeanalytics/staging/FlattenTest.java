package org.stripeanalytics.staging;

import static org.stripeanalytics.intermediate.TestTimelines.inWords;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.intermediate.Snapshots;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.warehouse.ExampleRows;

@ExtendWith(TestPipelineExtension.class)
class FlattenTest {

  @Test
  void everyItemOfASubscriptionIsARowInItsOrder(TestPipeline pipeline) {
    Instant start = Snapshots.at("2024-01-31");
    Subscription subscription =
        Subscription.builder()
            .setId("sub_1")
            .setCustomer("cus_1")
            .setCreated(start)
            .setStartDate(start)
            .setBillingCycleAnchor(start)
            .setStatus("active")
            .setCurrency("usd")
            .setCollectionMethod("charge_automatically")
            .setCancelAtPeriodEnd(false)
            .setItems(
                List.of(Snapshots.starter(), Snapshots.item("prod_x", 216_00, "year", 1, 3, "jpy")))
            .setLivemode(true)
            .setSnapshotDate(LocalDate.parse("2024-01-31"))
            .setChangedAt(start)
            .setSource("json")
            .build();

    PAssert.that(
            pipeline
                .apply("Input1", Create.of(subscription).withCoder(Tables.SUBSCRIPTIONS.coder()))
                .apply("FlattenSubscriptionItems", FlattenSubscriptionItems.create())
                .apply(
                    "STG_SUBSCRIPTION_ITEMS in words",
                    inWords(
                        Tables.STG_SUBSCRIPTION_ITEMS,
                        "item_id subscription_id customer_id position quantity currency"
                            + " unit_amount recurring_interval")))
        .containsInAnyOrder(
            "si_prod_starter sub_1 cus_1 1 1 usd 2000 month",
            "si_prod_x sub_1 cus_1 2 3 jpy 21600 year");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void everyLineOfAnInvoiceIsARowInItsOrderAndAnInvoiceWithoutLinesIsNone(TestPipeline pipeline) {
    LocalDate leapDay = LocalDate.parse("2024-02-29");

    PAssert.that(
            pipeline
                .apply(
                    "Input2",
                    Create.of(
                            ExampleRows.anInvoice("in_1", leapDay, 2).setCustomer("cus_1").build(),
                            ExampleRows.anInvoice("in_2", leapDay, 0).build())
                        .withCoder(Tables.INVOICES.coder()))
                .apply("FlattenInvoiceLines", FlattenInvoiceLines.create())
                .apply(
                    "STG_INVOICE_LINE_ITEMS in words",
                    inWords(
                        Tables.STG_INVOICE_LINE_ITEMS,
                        "line_id invoice_id customer_id position amount currency subscription_id"
                            + " proration price_id")))
        .containsInAnyOrder(
            "il_0in_1 in_1 cus_1 1 2000 usd sub_1in_1 - price_1StarterMonthly",
            "il_1in_1 in_1 cus_1 2 2000 usd sub_1in_1 - price_1StarterMonthly");
    pipeline.run().waitUntilFinish();
  }
}
