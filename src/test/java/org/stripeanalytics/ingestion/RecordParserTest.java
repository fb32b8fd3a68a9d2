package org.stripeanalytics.ingestion;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stripeanalytics.ingestion.StripeObject.aBalanceTransaction;
import static org.stripeanalytics.ingestion.StripeObject.aCharge;
import static org.stripeanalytics.ingestion.StripeObject.aCustomer;
import static org.stripeanalytics.ingestion.StripeObject.aDay;
import static org.stripeanalytics.ingestion.StripeObject.aRefund;
import static org.stripeanalytics.ingestion.StripeObject.anInvoice;

import com.stripe.model.EventDataClassLookup;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.contract.Quality;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.Event;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.model.raw.MetadataEntry;

/** What rows come of one record, or by which name it is ignored. */
class RecordParserTest {
  private static final Instant EVENING = Instant.parse("2024-01-31T23:30:00Z");

  @Test
  void anEventIsARowOfItsOwnAndAVersionOfItsObjectOnThatDay() {
    String json = aCustomer().event("evt_1", "customer.updated", EVENING).json();

    Parsed parsed = Parsed.of(json, null, "UTC");

    Event event = parsed.row(Tables.EVENTS);
    assertThat(event.getType(), is("customer.updated"));
    assertThat(event.getObjectType(), is("customer"));
    assertThat(event.getObjectId(), is("cus_1"));
    assertThat(event.getCustomer(), is("cus_1"));
    assertThat(event.getDataObject(), is(aCustomer().json()));
    assertThat(event.getPayload(), is(json));
    Customer customer = parsed.row(Tables.CUSTOMERS);
    assertThat(customer.getSnapshotDate(), is(LocalDate.of(2024, 1, 31)));
    assertThat(customer.getChangedAt(), is(EVENING));
    assertThat(customer.getSource(), is("webhook"));
    assertThat(customer.getPayload(), is(aCustomer().json()));
    assertThat(customer.getDefaultPaymentMethod(), is("pm_1"));
  }

  @Test
  void whatTheApiWasAskedForIsItsStateAtThatSecond() {
    Customer customer = Parsed.askedAt(EVENING, aCustomer()).row(Tables.CUSTOMERS);

    assertThat(customer.getSnapshotDate(), is(LocalDate.of(2024, 1, 31)));
    assertThat(customer.getChangedAt(), is(EVENING));
    assertThat(customer.getSource(), is("stripe_api"));
  }

  @ParameterizedTest
  @CsvSource({
    "landing/2024-01-31/charges-0-9.extracted-20240131T233000Z.ndjson,    2024-01-31T23:30:00Z",
    "gs://b/2024-01-31/charges-0-9.extracted-20240131T233000Z.ndjson.gz, 2024-01-31T23:30:00Z",
    "charges-0-9.extracted-20241331T233000Z.ndjson,",
    "charges.ndjson,",
    ",",
  })
  void theNameOfALandedFileSaysWhenItWasAskedFor(String file, Instant time) {
    assertThat(LandedFile.extractedAt(file).orElse(null), is(time));
  }

  @Test
  void theDayIsThatOfTheReportingZone() {
    String json = aCustomer().event("evt_1", "customer.updated", EVENING).json();

    Customer customer = Parsed.of(json, null, "Europe/Berlin").row(Tables.CUSTOMERS);

    assertThat(customer.getSnapshotDate(), is(LocalDate.of(2024, 2, 1)));
  }

  @Test
  void payloadsAreTheTextAsDelivered() {
    String object = "{ \"object\":\"coupon\", \"id\" : \"TEN\",\"extra\":1.50 }";
    String json =
        "{\"object\":\"event\",\"id\":\"evt_1\",\"created\":1704445200,\"type\":\"coupon.updated\",\"livemode\":true,\"pending_webhooks\":1,\"data\":{\"previous_attributes\":{\"a\":"
            + " 1},\"object\":"
            + object
            + "}}";

    Event event = Parsed.of(json, null, "UTC").row(Tables.EVENTS);

    assertThat(event.getDataObject(), is(object));
    assertThat(event.getPreviousAttributes(), is("{\"a\": 1}"));
    assertThat(event.getPayload(), is(json));
  }

  @Test
  void aPlainObjectIsAsItWasAtTheEndOfTheDayOfExtraction() {
    Customer customer = Parsed.extractedOn("2024-03-01", aCustomer()).row(Tables.CUSTOMERS);

    assertThat(customer.getSnapshotDate(), is(LocalDate.of(2024, 3, 1)));
    assertThat(customer.getChangedAt(), is(Instant.parse("2024-03-01T23:59:59Z")));
    assertThat(customer.getSource(), is("json"));
    assertThat(customer.getPayload(), is(aCustomer().json()));
  }

  @Test
  void aListGivesTheRowsOfWhatItLists() {
    String list =
        "{\"object\":\"list\",\"data\":[" + aCustomer().json() + "," + aRefund().json() + "]}";

    Parsed parsed = Parsed.of(list, LocalDate.of(2024, 3, 1), "UTC");

    assertThat(parsed.tables(), contains("raw.customers", "raw.refunds"));
    assertThat(parsed.row(Tables.CUSTOMERS).getPayload(), is(aCustomer().json()));
  }

  @Test
  void nestedListsMetadataAndExpandedObjectsAreRead() {
    Invoice invoice =
        Parsed.extractedOn(
                "2024-03-01",
                anInvoice()
                    .with("customer", aCustomer().json())
                    .with("discounts", "[{\"id\":\"di_1\",\"object\":\"discount\"},\"di_2\"]"))
            .row(Tables.INVOICES);

    assertThat(invoice.getCustomer(), is("cus_1"));
    assertThat(invoice.getDiscounts(), contains("di_1", "di_2"));
    assertThat(
        invoice.getMetadata(),
        contains(MetadataEntry.builder().setKey("channel").setValue("organic").build()));
    assertThat(invoice.getParent().getSubscription(), is("sub_1"));
    assertThat(invoice.getLines().get(0).getPricing().getPrice(), is("price_1"));
    assertThat(
        invoice.getLines().get(0).getParent().getSubscriptionItemDetails().getSubscriptionItem(),
        is("si_1"));
    assertThat(invoice.getDueDate(), is(nullValue()));
  }

  @Test
  void thePaymentsThatAnInvoiceListsAreRowsToo() {
    StripeObject invoice =
        anInvoice()
            .with(
                "payments",
                """
                {"object":"list","data":[
                 {"id":"inpay_1","object":"invoice_payment","created":1704445200,"invoice":"in_1",
                  "amount_requested":2000,"amount_paid":null,"currency":"usd","is_default":true,
                  "livemode":true,"status":"open","status_transitions":{},
                  "payment":{"type":"payment_intent","payment_intent":"pi_1"}}]}
                """);

    var payment =
        Parsed.of(invoice.event("evt_1", "invoice.finalized", EVENING).json(), null, "UTC")
            .row(Tables.INVOICE_PAYMENTS);

    assertThat(payment.getId(), is("inpay_1"));
    assertThat(payment.getStatus(), is("open"));
    assertThat(payment.getChangedAt(), is(EVENING));
  }

  @Test
  void aSpentAmountIsKnownByTheEndOfItsDay() {
    MarketingSpend spend = Parsed.of(aDay()).row(Tables.MARKETING_SPEND);

    assertThat(spend.getDay(), is(LocalDate.of(2024, 1, 5)));
    assertThat(spend.getSnapshotDate(), is(LocalDate.of(2024, 1, 5)));
    assertThat(spend.getChangedAt(), is(Instant.parse("2024-01-05T23:59:59Z")));
  }

  @Test
  void anEventOfATypeWithoutTableIsKeptAsAnEvent() {
    StripeObject session = StripeObject.of("{\"id\":\"cs_1\",\"object\":\"checkout.session\"}");

    Parsed parsed = Parsed.of(session.event("evt_1", "checkout.session.completed", EVENING));

    assertThat(parsed.tables(), contains("raw.events"));
    assertThat(parsed.rejections(), is(empty()));
  }

  @Test
  void anUpcomingInvoiceIsAnnouncedAndDoesNotExist() {
    Parsed parsed =
        Parsed.of(anInvoice().without("id").event("evt_1", "invoice.upcoming", EVENING));

    assertThat(parsed.tables(), contains("raw.events"));
    assertThat(parsed.rejections(), is(empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "customer.deleted, true",
    "customer.updated, ",
  })
  void aDeletionMarksTheLastState(String type, Boolean deleted) {
    Customer customer = Parsed.of(aCustomer().event("evt_1", type, EVENING)).row(Tables.CUSTOMERS);

    assertThat(customer.getDeleted(), is(deleted));
  }

  @Test
  void aDeletedPriceIsInactiveAndADeletedCouponInvalid() {
    StripeObject plan =
        StripeObject.of(
            """
            {"id":"gold","object":"plan","active":true,"created":1704445200,"currency":"usd",
             "product":"prod_1","amount":900,"interval":"year","livemode":true}
            """);
    StripeObject coupon =
        StripeObject.of(
            """
            {"id":"TEN","object":"coupon","created":1704445200,"duration":"once","percent_off":12.5,
             "times_redeemed":1,"valid":true,"livemode":true}
            """);

    var price = Parsed.of(plan.event("evt_1", "plan.deleted", EVENING)).row(Tables.PRICES);
    var deleted = Parsed.of(coupon.event("evt_2", "coupon.deleted", EVENING)).row(Tables.COUPONS);

    assertThat(price.getActive(), is(false));
    assertThat(price.getUnitAmount(), is(900L));
    assertThat(price.getRecurring().getInterval(), is("year"));
    assertThat(deleted.getValid(), is(false));
    assertThat(deleted.getPercentOff(), is(new BigDecimal("12.5")));
  }

  @ParameterizedTest(name = "asked for {0}, the event is of {1}: {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "-,      -,      raw.events raw.customers",
        "-,      acct_1, raw.events",
        "acct_1, acct_1, raw.events raw.customers",
        "acct_1, acct_2, raw.events",
        "acct_1, -,      raw.events",
      })
  void onlyObjectsOfTheAccountThatIsAskedForAreRows(String account, String owner, String tables) {
    StripeObject event = aCustomer().event("evt_1", "customer.updated", EVENING);
    if (owner != null) {
      event.with("account", '"' + owner + '"');
    }

    Parsed parsed = Parsed.forAccount(account, event);

    assertThat(String.join(" ", parsed.tables()), is(tables));
    assertThat(parsed.row(Tables.EVENTS).getAccount(), is(owner));
    assertThat(parsed.notices().isEmpty(), is(tables.contains("customers")));
  }

  @Test
  void aValueThatStripeHasAddedIsKeptAndNamed() {
    Parsed parsed = Parsed.extractedOn("2024-03-01", aCharge().with("status", "\"dancing\""));

    assertThat(parsed.row(Tables.CHARGES).getStatus(), is("dancing"));
    assertThat(
        parsed.notices(),
        contains("Values that raw.charges.status had not when its contract was written: dancing"));
  }

  @Test
  void anEmptyMapMayBeWrittenAsAList() {
    Parsed parsed =
        Parsed.extractedOn(
            "2024-03-01",
            aCharge().with("metadata", "[]").with("billing_details", "[]").with("outcome", "[]"));

    assertThat(parsed.rejections(), is(empty()));
    assertThat(parsed.row(Tables.CHARGES).getMetadata(), is(empty()));
    assertThat(parsed.row(Tables.CHARGES).getOutcome(), is(nullValue()));
  }

  @ParameterizedTest
  @CsvSource({
    "0e999999999, 0",
    "0.0, 0",
    "1.50, 1.5",
    "'\"1.50\"', 1.5",
    "1e28, 10000000000000000000000000000",
    "1.5e1, 15"
  })
  void aNumberThatFitsIsItselfHoweverItIsWritten(String number, BigDecimal value) {
    Parsed parsed =
        Parsed.extractedOn("2024-03-01", aBalanceTransaction().withText("exchange_rate", number));

    assertThat(parsed.row(Tables.BALANCE_TRANSACTIONS).getExchangeRate(), is(value));
  }

  @Test
  void metadataKeepsWhatIsWrittenAndNullUnsetsItsKey() {
    var charge =
        Parsed.extractedOn(
                "2024-03-01",
                aCharge()
                    .with("metadata", "{\"a\":\"null\",\"b\":null,\"c\":7,\"d\":true,\"e\":\"\"}"))
            .row(Tables.CHARGES);

    assertThat(
        charge.getMetadata().stream().map(pair -> pair.getKey() + "=" + pair.getValue()).toList(),
        contains("a=null", "c=7", "d=true", "e="));
  }

  @Test
  void aDiscountGetsAnIdOnlyWhereItHasNone() {
    StripeObject discount =
        StripeObject.of(
            """
            {"id":{"id":"di_1"},"object":"discount","customer":"cus_1","coupon":"TEN",
             "start":1704445200,"end":null}
            """);

    assertThat(
        Parsed.extractedOn("2024-03-01", discount).rejections(),
        contains("raw.discounts wrong_type: id is {\"id\":\"di_1\"}; expected a text"));
    assertThat(
        Parsed.extractedOn("2024-03-01", discount.without("id")).tables(),
        contains("raw.discounts"));
  }

  @Test
  void aTypeThatNoTableHoldsIsIgnoredByName() {
    assertThat(
        Parsed.of("{\"id\":\"cs_1\",\"object\":\"checkout.session\"}", null, "UTC").ignored(),
        contains("checkout.session"));
    assertThat(
        Parsed.of("{\"object\":\"list\",\"data\":[]}", null, "UTC").ignored(),
        contains("empty page"));
  }

  @Test
  void everyTypeOfStripeHasATableOrIsIgnored() {
    Set<String> unknown = new TreeSet<>(EventDataClassLookup.classLookup.keySet());
    unknown.removeIf(type -> StripeObjects.tableOf(type) != null || IgnoredTypes.contains(type));

    assertThat(unknown, is(Set.of()));
  }

  @Test
  void everyReferenceOfAContractMayBeExpanded() {
    for (WarehouseTable<?> table : IngestRecords.tables()) {
      for (Quality.Reference reference : table.contract().quality().references()) {
        boolean embedded = reference.column().endsWith(".id");
        assertThat(
            table + " " + reference.column(),
            ValueReaders.isReference(reference.column()),
            is(!embedded));
      }
    }
  }

  @Test
  void unknownMembersStayInThePayload() {
    Parsed parsed = Parsed.extractedOn("2024-03-01", aRefund().with("brand_new", "{\"a\":[1]}"));

    assertThat(parsed.rejections(), is(List.of()));
    assertThat(
        parsed.row(Tables.REFUNDS).getPayload(),
        is(aRefund().with("brand_new", "{\"a\":[1]}").json()));
  }
}
