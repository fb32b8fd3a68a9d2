package org.stripeanalytics.ingestion;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.ingestion.StripeObject.aCustomer;
import static org.stripeanalytics.ingestion.StripeObject.aSubscription;
import static org.stripeanalytics.ingestion.StripeObject.anInvoice;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.InvoiceLine;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.model.raw.SubscriptionItem;

/** Rows that need more than one delivery: deletions without an object, lists without an end. */
class ObjectVersionsTest {
  private static final Instant JANUARY = Instant.parse("2024-01-05T09:00:00Z");
  private static final Instant MAY = Instant.parse("2024-05-05T09:00:00Z");
  private static final StripeObject STUB =
      StripeObject.of("{\"id\":\"cus_1\",\"object\":\"customer\",\"deleted\":true}");

  @Test
  void aStubMarksTheStateBeforeIt() {
    Customer customer =
        Versions.of(
                STUB.event("evt_2", "customer.deleted", MAY),
                aCustomer().event("evt_1", "customer.created", JANUARY))
            .newest(Tables.CUSTOMERS, "cus_1");

    assertThat(customer.getDeleted(), is(true));
    assertThat(customer.getName(), is("Zoë"));
    assertThat(customer.getSnapshotDate(), is(LocalDate.of(2024, 5, 5)));
    assertThat(customer.getPayload(), is(STUB.json()));
  }

  @Test
  void aStubOfTheDayTakesThePlaceOfTheStateOfTheDay() {
    Versions versions =
        Versions.of(
            aCustomer().event("evt_1", "customer.created", JANUARY),
            STUB.event("evt_2", "customer.deleted", JANUARY));

    List<Customer> rows = versions.of(Tables.CUSTOMERS, "cus_1").rows();

    assertThat(rows.size(), is(1));
    assertThat(rows.get(0).getDeleted(), is(true));
  }

  @Test
  void aStubOfWhichTheRunKnowsNothingIsExplainedByTheWarehouse() throws Exception {
    VersionedRow stub = stub();
    StoredStates stored =
        (table, ids) ->
            List.of(
                new StoredStates.Stored("cus_1", 1, aCustomer().with("name", "\"Old\"").json()),
                new StoredStates.Stored("cus_1", 2, aCustomer().json()),
                new StoredStates.Stored("cus_1", 3, STUB.json()),
                new StoredStates.Stored("cus_1", Long.MAX_VALUE, aCustomer().json()));
    List<Customer> explained = new ArrayList<>();

    new ExplainedDeletions<>(Tables.CUSTOMERS, stored)
        .explain(List.of(stub), explained::add, (deletion, violation) -> {});

    assertThat(explained.size(), is(1));
    assertThat(explained.get(0).getName(), is("Zoë"));
    assertThat(explained.get(0).getDeleted(), is(true));
    assertThat(explained.get(0).getChangedAt(), is(MAY));
  }

  @Test
  void aStubOfWhichNobodyKnowsAnythingIsRejected() {
    List<String> rejected = new ArrayList<>();

    new ExplainedDeletions<>(Tables.CUSTOMERS, StoredStates.NONE)
        .explain(
            List.of(stub()), row -> {}, (deletion, violation) -> rejected.add(violation.message()));

    assertThat(
        rejected,
        contains("it says only that cus_1 was deleted, and no earlier state of it is known"));
  }

  @Test
  void itemsThatTheSubscriptionDoesNotShowComeFromTheirOwnList() {
    StripeObject subscription =
        aSubscription()
            .with("items.has_more", "true")
            .with("items.total_count", "3")
            .event("evt_1", "customer.subscription.created", JANUARY);

    Versions versions =
        Versions.extractedOn("2024-06-30", subscription, item("si_1"), item("si_2"));

    ObjectVersions.Outcome<Subscription> outcome = versions.of(Tables.SUBSCRIPTIONS, "sub_1");
    assertThat(
        outcome.rows().get(0).getItems().stream().map(SubscriptionItem::getId).toList(),
        contains("si_1", "si_2"));
    assertThat(outcome.missing(), is(1L));
  }

  @Test
  void aWholeListIsLeftAsItIs() {
    Versions versions =
        Versions.extractedOn(
            "2024-06-30",
            aSubscription().event("evt_1", "customer.subscription.created", JANUARY),
            item("si_2"));

    Subscription subscription = versions.newest(Tables.SUBSCRIPTIONS, "sub_1");

    assertThat(subscription.getItems().size(), is(1));
  }

  @Test
  void linesThatTheInvoiceDoesNotShowComeFromTheirOwnList() {
    StripeObject line =
        StripeObject.of(
            """
            {"id":"il_2","object":"line_item","invoice":"in_1","amount":5,"subtotal":5,
             "currency":"usd","period":{"start":1704445200,"end":1704445200}}
            """);

    Versions versions =
        Versions.extractedOn("2024-06-30", anInvoice().with("lines.has_more", "true"), line);

    ObjectVersions.Outcome<Invoice> outcome = versions.of(Tables.INVOICES, "in_1");
    assertThat(
        outcome.rows().get(0).getLines().stream().map(InvoiceLine::getId).toList(),
        contains("il_1", "il_2"));
    assertThat(outcome.missing(), is(0L));
    assertThat(versions.rejections(), is(empty()));
  }

  private static VersionedRow stub() {
    return Parsed.of(STUB.event("evt_2", "customer.deleted", MAY)).rows().stream()
        .filter(row -> row.kind() == VersionedRow.Kind.DELETION)
        .findFirst()
        .orElseThrow();
  }

  private static StripeObject item(String id) {
    return StripeObject.of(
        """
        {"id":"%s","object":"subscription_item","subscription":"sub_1","created":1704445200,
         "quantity":1,"current_period_start":1704445200,"current_period_end":1707123600,
         "discounts":[],"price":{"id":"price_1","object":"price","product":"prod_1",
          "currency":"usd","type":"recurring","billing_scheme":"per_unit","unit_amount":500,
          "recurring":{"interval":"month","interval_count":1,"usage_type":"licensed"}}}
        """
            .formatted(id));
  }
}
