package org.stripeanalytics.intermediate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.aCustomer;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.day;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.Address;
import org.stripeanalytics.model.raw.BillingDetails;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.Event;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.MetadataEntry;
import org.stripeanalytics.model.raw.PaymentMethod;
import org.stripeanalytics.model.raw.StatusTransitions;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

@ExtendWith(TestPipelineExtension.class)
class ReadChangesTest {
  private static final DataInterval YEAR = DataInterval.of(day("2024-01-01"), day("2025-01-01"));
  private static final DataInterval MARCH = DataInterval.of(day("2024-03-01"), day("2024-04-01"));

  @TempDir Path directory;
  private DuckDbWarehouse warehouse;

  @BeforeEach
  void openWarehouse() {
    warehouse = EmptyWarehouses.at(directory.resolve("stripe.duckdb"));
  }

  @Test
  void onlyTheIntervalsVersionsAndOnlyTheColumnsOfTheFoldAreRead(TestPipeline pipeline) {
    publish(List.of(customer("2024-02-29"), customer("2024-03-01"), customer("2024-04-01")));

    PAssert.that(read(pipeline))
        .containsInAnyOrder(
            Change.of(
                aCustomer("cus_1", "2024-03-01")
                    .setAddress(Address.builder().setCountry("US").build())
                    .build()));

    pipeline.run().waitUntilFinish();
  }

  @Test
  void anInvoiceThatNamesNoCustomerIsAGuests(TestPipeline pipeline) {
    Pipeline writing = Pipeline.create();
    Publication publication = warehouse.publication("run-1", YEAR, Instant.EPOCH);
    writing
        .apply(Create.of(invoice().setCustomer(null).build()).withCoder(Tables.INVOICES.coder()))
        .apply(publication.load(Tables.INVOICES));
    writing.apply("Publish", publication);
    writing.run().waitUntilFinish();

    PAssert.that(read(pipeline))
        .satisfies(
            changes -> {
              assertThat(changes.iterator().next().customerId(), is("guest:in_1"));
              return null;
            });

    pipeline.run().waitUntilFinish();
  }

  @Test
  void aPaymentMethodDetachedFromItsCustomerIsNoChange(TestPipeline pipeline) {
    Pipeline writing = Pipeline.create();
    Publication publication = warehouse.publication("run-1", YEAR, Instant.EPOCH);
    writing
        .apply(
            Create.of(
                    paymentMethod("pm_attached").setCustomer("cus_1").build(),
                    paymentMethod("pm_detached").setCustomer(null).build())
                .withCoder(Tables.PAYMENT_METHODS.coder()))
        .apply(publication.load(Tables.PAYMENT_METHODS));
    writing.apply("Publish", publication);
    writing.run().waitUntilFinish();

    PAssert.that(
            read(pipeline)
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(change -> change.version().getId())))
        .containsInAnyOrder("pm_attached");

    pipeline.run().waitUntilFinish();
  }

  @Test
  void ofEventsOnlyThoseOfFailedAttemptsAreRead(TestPipeline pipeline) {
    Pipeline writing = Pipeline.create();
    Publication publication = warehouse.publication("run-1", YEAR, Instant.EPOCH);
    writing
        .apply(
            Create.of(
                    event("evt_failed", "invoice.payment_failed"),
                    event("evt_final", "invoice.finalized"))
                .withCoder(Tables.EVENTS.coder()))
        .apply(publication.load(Tables.EVENTS));
    writing.apply("Publish", publication);
    writing.run().waitUntilFinish();

    PAssert.that(
            read(pipeline)
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(change -> change.version().getId() + " of " + change.customerId())))
        .containsInAnyOrder("evt_failed of cus_1");

    pipeline.run().waitUntilFinish();
  }

  private PCollection<Change> read(TestPipeline pipeline) {
    return pipeline.apply(ReadChanges.from(warehouse, MARCH, ReportingFrame.defaults()));
  }

  private void publish(List<Customer> customers) {
    Pipeline writing = Pipeline.create();
    Publication publication = warehouse.publication("run-1", YEAR, Instant.EPOCH);
    writing
        .apply(Create.of(customers).withCoder(Tables.CUSTOMERS.coder()))
        .apply(publication.load(Tables.CUSTOMERS));
    writing.apply("Publish", publication);
    writing.run().waitUntilFinish();
  }

  private static Customer customer(String changed) {
    return Customer.builder()
        .setId("cus_1")
        .setCreated(at(changed))
        .setName("Ada Lovelace")
        .setEmail("ada@example.com")
        .setPhone("+1 555 0100")
        .setAddress(Address.builder().setCountry("US").build())
        .setBalance(0)
        .setLivemode(true)
        .setMetadata(
            List.of(MetadataEntry.builder().setKey("channel").setValue("organic_search").build()))
        .setSnapshotDate(day(changed))
        .setChangedAt(at(changed))
        .setSource("synthetic")
        .build();
  }

  private static Event event(String id, String type) {
    return Event.builder()
        .setId(id)
        .setType(type)
        .setCreated(at("2024-03-05"))
        .setObjectType("invoice")
        .setObjectId("in_1")
        .setCustomer("cus_1")
        .setDataObject("{}")
        .setLivemode(true)
        .setSnapshotDate(day("2024-03-05"))
        .setChangedAt(at("2024-03-05"))
        .setSource("webhook")
        .build();
  }

  private static PaymentMethod.Builder paymentMethod(String id) {
    return PaymentMethod.builder()
        .setId(id)
        .setCreated(at("2024-03-05"))
        .setType("card")
        .setBillingDetails(BillingDetails.builder().build())
        .setLivemode(true)
        .setMetadata(List.of())
        .setSnapshotDate(day("2024-03-05"))
        .setChangedAt(at("2024-03-05"))
        .setSource("synthetic");
  }

  private static Invoice.Builder invoice() {
    Instant created = at("2024-03-05");
    return Invoice.builder()
        .setId("in_1")
        .setCreated(created)
        .setCollectionMethod("charge_automatically")
        .setCurrency("usd")
        .setSubtotal(0)
        .setTotal(0)
        .setAmountDue(0)
        .setAmountPaid(0)
        .setAmountRemaining(0)
        .setAmountOverpaid(0)
        .setStartingBalance(0)
        .setAttemptCount(0)
        .setAttempted(false)
        .setPeriodStart(created)
        .setPeriodEnd(created)
        .setStatusTransitions(StatusTransitions.builder().build())
        .setLivemode(true)
        .setSnapshotDate(day("2024-03-05"))
        .setChangedAt(created)
        .setSource("synthetic");
  }
}
