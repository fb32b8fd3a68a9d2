package org.stripeanalytics.ingestion;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.ingestion.StripeObject.aBalanceTransaction;
import static org.stripeanalytics.ingestion.StripeObject.aCharge;
import static org.stripeanalytics.ingestion.StripeObject.aSubscription;
import static org.stripeanalytics.ingestion.StripeObject.anInvoice;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.Charge;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.Subscription;

/** Objects of the first years: what stands in the tables of {@code ingestion.shapes}, tried out. */
class FormerShapesTest {
  private static final Instant LATER = Instant.parse("2024-02-10T09:00:00Z");

  private static final String PLAN =
      """
      {"id":"gold","object":"plan","amount":900,"created":1389000000,"currency":"usd",
       "interval":"month","interval_count":1,"livemode":true,"name":"Gold","metadata":{}}
      """;

  @ParameterizedTest(name = "paid {0}, forgiven {1}, closed {2}, attempted {3}: {4}")
  @CsvSource({
    "true,  false, true,  true,  paid",
    "false, true,  true,  true,  uncollectible",
    "false, false, true,  true,  void",
    "false, false, false, true,  open",
    "false, false, false, false, draft",
  })
  void anInvoiceHadThreeFlagsInsteadOfAStatus(
      String paid, String forgiven, String closed, String attempted, String status) {
    Invoice invoice =
        Parsed.extractedOn(
                "2024-03-01",
                anInvoice()
                    .without("status")
                    .without("status_transitions")
                    .without("amount_paid")
                    .without("amount_remaining")
                    .with("paid", paid)
                    .with("forgiven", forgiven)
                    .with("closed", closed)
                    .with("attempted", attempted))
            .row(Tables.INVOICES);

    assertThat(invoice.getStatus(), is(status));
    assertThat(invoice.getAmountPaid(), is(status.equals("paid") ? 2000L : 0L));
    assertThat(invoice.getAmountRemaining(), is(status.equals("paid") ? 0L : 2000L));
  }

  @Test
  void anInvoiceWithoutTransitionsWasPaidWithinAnHourOfItsFirstAttempt() {
    Invoice invoice =
        Parsed.extractedOn("2024-03-01", anInvoice().without("status_transitions"))
            .row(Tables.INVOICES);

    assertThat(
        invoice.getStatusTransitions().getPaidAt(), is(Instant.parse("2024-01-05T10:00:00Z")));
  }

  @Test
  void aSubscriptionHadItsOnePlanItselfAndThePlanWasItsOwnProduct() {
    Versions versions =
        Versions.of(
            aSubscription()
                .without("items")
                .without("created")
                .without("start_date")
                .without("billing_cycle_anchor")
                .without("collection_method")
                .without("livemode")
                .with("start", "1704445200")
                .with("current_period_start", "1704445200")
                .with("current_period_end", "1707123600")
                .with("quantity", "2")
                .with("plan", PLAN)
                .event(
                    "evt_1",
                    "customer.subscription.created",
                    Instant.parse("2024-01-05T09:00:00Z")));

    Subscription subscription = versions.newest(Tables.SUBSCRIPTIONS, "sub_1");
    assertThat(subscription.getCreated(), is(Instant.parse("2024-01-05T09:00:00Z")));
    assertThat(subscription.getItems().get(0).getQuantity(), is(2L));
    assertThat(subscription.getItems().get(0).getPrice().getUnitAmount(), is(900L));
    assertThat(versions.newest(Tables.PRICES, "gold").getProduct(), is("gold"));
    assertThat(versions.newest(Tables.PRODUCTS, "gold").getName(), is("Gold"));
    assertThat(versions.rejections(), is(empty()));
  }

  @Test
  void aChargeHadACardAndNoStatus() {
    Charge charge =
        Parsed.extractedOn(
                "2024-03-01",
                aCharge()
                    .without("status")
                    .without("amount_captured")
                    .without("billing_details")
                    .without("disputed")
                    .with(
                        "card",
                        """
                        {"id":"card_1","object":"card","brand":"American Express","country":"US",
                         "exp_month":1,"exp_year":2016,"funding":"credit","last4":"0005",
                         "name":"Zoe","address_city":"Rome"}
                        """))
            .row(Tables.CHARGES);

    assertThat(charge.getStatus(), is("succeeded"));
    assertThat(charge.getAmountCaptured(), is(2000L));
    assertThat(charge.getPaymentMethod(), is("card_1"));
    assertThat(charge.getPaymentMethodDetails().getCard().getBrand(), is("amex"));
    assertThat(charge.getBillingDetails().getAddress().getCity(), is("Rome"));
  }

  @Test
  void refundsAndDisputesHadNoIdsAndHaveTheSameWhereverTheyAre() {
    String refund =
        "{\"object\":\"refund\",\"amount\":500,\"currency\":\"usd\",\"created\":1704550000}";
    String dispute =
        "{\"object\":\"dispute\",\"amount\":2000,\"currency\":\"usd\",\"created\":1704550000,"
            + "\"charge\":\"ch_1\",\"status\":\"lost\",\"livemode\":true}";

    Versions versions =
        Versions.of(
            aCharge().with("refunds", "[" + refund + "]").event("evt_1", "charge.refunded", LATER),
            aCharge()
                .with("refunds", "[" + refund + "]")
                .with("dispute", dispute)
                .event("evt_2", "charge.updated", LATER.plusSeconds(60)));

    assertThat(versions.ids(Tables.REFUNDS).size(), is(1));
    assertThat(versions.ids(Tables.DISPUTES).size(), is(1));
    assertThat(versions.rejections(), is(empty()));
  }

  @Test
  void aPlanAndACouponDidNotSayWhenTheyWereCreated() {
    Versions versions =
        Versions.of(
            aSubscription()
                .without("items")
                .with("plan", PLAN.replace("\"created\":1389000000,", ""))
                .with(
                    "discount",
                    """
                    {"object":"discount","customer":"cus_1","start":1704445200,"end":null,
                     "coupon":{"id":"off","object":"coupon","percent_off":10,"duration":"forever"}}
                    """)
                .event("evt_1", "customer.subscription.updated", LATER));

    assertThat(versions.newest(Tables.PRICES, "gold").getCreated(), is(LATER));
    assertThat(versions.newest(Tables.COUPONS, "off").getCreated(), is(LATER));
    assertThat(versions.rejections(), is(empty()));
  }

  @Test
  void theStartOfASubscriptionWasThatOfItsPresentPlan() {
    Subscription subscription =
        Parsed.extractedOn(
                "2024-03-01", aSubscription().without("start_date").with("start", "1707123600"))
            .row(Tables.SUBSCRIPTIONS);

    assertThat(subscription.getStartDate(), is(subscription.getCreated()));
  }

  @Test
  void aPlanMayBeCalledAPrice() {
    Subscription subscription =
        Versions.of(
                aSubscription()
                    .without("items")
                    .with(
                        "items",
                        "[{\"id\":\"si_1\",\"object\":\"subscription_item\",\"quantity\":1,"
                            + "\"current_period_start\":1704445200,\"current_period_end\":1707123600,"
                            + "\"price\":"
                            + PLAN.replace("\"plan\"", "\"price\"")
                            + "}]")
                    .event("evt_1", "customer.subscription.updated", LATER))
            .newest(Tables.SUBSCRIPTIONS, "sub_1");

    assertThat(subscription.getItems().get(0).getPrice().getUnitAmount(), is(900L));
    assertThat(subscription.getItems().get(0).getPrice().getRecurring().getInterval(), is("month"));
  }

  @Test
  void anInvoiceOfTheTimeBeforeTransitionsHasThemWithoutTheTimeOfItsPayment() {
    Invoice invoice =
        Parsed.extractedOn(
                "2024-03-01",
                anInvoice().with("status_transitions", "{\"finalized_at\":null,\"paid_at\":null}"))
            .row(Tables.INVOICES);

    assertThat(
        invoice.getStatusTransitions().getPaidAt(), is(Instant.parse("2024-01-05T10:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub_1", "su_1"})
  void theLineOfASubscriptionHadItsId(String id) {
    Invoice invoice =
        Parsed.extractedOn(
                "2024-03-01",
                anInvoice()
                    .with(
                        "lines",
                        """
                        [{"id":"%s","object":"line_item","amount":900,"type":"subscription",
                          "currency":"usd","period":{"start":1704445200,"end":1707123600}}]
                        """
                            .formatted(id)))
            .row(Tables.INVOICES);

    assertThat(
        invoice.getLines().get(0).getParent().getSubscriptionItemDetails().getSubscription(),
        is(id));
  }

  @Test
  void whatADiscountTookOffIsWhatTheTotalLacks() {
    Invoice invoice =
        Parsed.extractedOn(
                "2024-03-01",
                anInvoice()
                    .without("total_discount_amounts")
                    .without("discounts")
                    .with("subtotal", "2000")
                    .with("tax", "300")
                    .with("total", "2100")
                    .with(
                        "discount",
                        """
                        {"object":"discount","customer":"cus_1","start":1704445200,"end":null,
                         "coupon":{"id":"off","object":"coupon","percent_off":10,"duration":"once"}}
                        """))
            .row(Tables.INVOICES);

    assertThat(invoice.getTotalDiscountAmounts().get(0).getAmount(), is(200L));
    assertThat(
        invoice.getTotalDiscountAmounts().get(0).getDiscount(), is(invoice.getDiscounts().get(0)));
  }

  @ParameterizedTest
  @CsvSource({
    "charge,         ch_1, 100,  charge",
    "payment,        py_1, 100,  charge",
    "payment_refund, pyr_1, -100, refund",
    "stripe_fee,     ,     -7,   fee",
    "adjustment,     dp_1, -100, dispute",
    "adjustment,     du_1, 100,  dispute_reversal",
    "adjustment,     ,     5,    other_adjustment",
    "transfer,       po_1, -100, payout",
    "transfer,       tr_1, -100, transfer",
  })
  void aLedgerEntryHadNoReportingCategory(
      String type, String source, long amount, String category) {
    var entry =
        Parsed.extractedOn(
                "2024-03-01",
                aBalanceTransaction()
                    .without("reporting_category")
                    .without("balance_type")
                    .with("type", '"' + type + '"')
                    .with("source", source == null ? "null" : '"' + source + '"')
                    .with("amount", String.valueOf(amount)))
            .row(Tables.BALANCE_TRANSACTIONS);

    assertThat(entry.getReportingCategory(), is(category));
    assertThat(entry.getBalanceType(), is("payments"));
  }
}
