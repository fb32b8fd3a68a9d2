package org.stripeanalytics.ingestion;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.ingestion.StripeObject.aCharge;
import static org.stripeanalytics.ingestion.StripeObject.aCustomer;
import static org.stripeanalytics.ingestion.StripeObject.aSubscription;
import static org.stripeanalytics.ingestion.StripeObject.anInvoice;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.InvoiceLine;
import org.stripeanalytics.model.raw.InvoicePayment;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.model.raw.SubscriptionItem;

/** Objects as former API versions wrote them, in the columns of today. */
class FormerVersionsTest {
  private static final String DAY = "2024-03-01";

  @Test
  void thePeriodOfASubscriptionIsThatOfItsItems() {
    Subscription subscription =
        Parsed.extractedOn(
                DAY,
                aSubscription()
                    .without("items.data.0.current_period_start")
                    .without("items.data.0.current_period_end")
                    .with("current_period_start", "1704445200")
                    .with("current_period_end", "1707123600"))
            .row(Tables.SUBSCRIPTIONS);

    SubscriptionItem item = subscription.getItems().get(0);
    assertThat(item.getCurrentPeriodStart(), is(Instant.parse("2024-01-05T09:00:00Z")));
    assertThat(item.getCurrentPeriodEnd(), is(Instant.parse("2024-02-05T09:00:00Z")));
  }

  @Test
  void aPlanIsAPriceAndASingleDiscountAListOfOne() {
    Subscription subscription =
        Parsed.extractedOn(
                DAY,
                aSubscription()
                    .without("items.data.0.price")
                    .without("currency")
                    .without("discounts")
                    .with("discount", "{\"id\":\"di_1\",\"object\":\"discount\"}")
                    .with(
                        "items.data.0.plan",
                        """
                        {"id":"gold","object":"plan","amount":900,"currency":"usd",
                         "interval":"month","interval_count":3,"product":"prod_1"}
                        """))
            .row(Tables.SUBSCRIPTIONS);

    var price = subscription.getItems().get(0).getPrice();
    assertThat(price.getId(), is("gold"));
    assertThat(price.getUnitAmount(), is(900L));
    assertThat(price.getRecurring().getInterval(), is("month"));
    assertThat(price.getRecurring().getIntervalCount(), is(3L));
    assertThat(subscription.getCurrency(), is("usd"));
    assertThat(subscription.getDiscounts(), contains("di_1"));
  }

  @Test
  void anInvoiceNamesItsSubscriptionItself() {
    var invoice =
        Parsed.extractedOn(
                DAY,
                anInvoice()
                    .without("parent")
                    .without("amount_overpaid")
                    .with("subscription", "\"sub_9\""))
            .row(Tables.INVOICES);

    assertThat(invoice.getParent().getType(), is("subscription_details"));
    assertThat(invoice.getParent().getSubscription(), is("sub_9"));
    assertThat(invoice.getAmountOverpaid(), is(0L));
  }

  @Test
  void aLineNamesItsPriceAndItemItself() {
    InvoiceLine line =
        Parsed.extractedOn(
                DAY,
                anInvoice()
                    .without("lines.data.0.parent")
                    .without("lines.data.0.pricing")
                    .without("lines.data.0.subtotal")
                    .with("lines.data.0.type", "\"invoiceitem\"")
                    .with("lines.data.0.invoice_item", "\"ii_1\"")
                    .with("lines.data.0.subscription", "\"sub_1\"")
                    .with("lines.data.0.subscription_item", "\"si_1\"")
                    .with("lines.data.0.proration", "true")
                    .with(
                        "lines.data.0.price",
                        """
                        {"id":"price_1","product":"prod_1","unit_amount":2000,"type":"recurring"}
                        """))
            .row(Tables.INVOICES)
            .getLines()
            .get(0);

    assertThat(line.getSubtotal(), is(2000L));
    assertThat(line.getPricing().getPrice(), is("price_1"));
    assertThat(line.getPricing().getProduct(), is("prod_1"));
    assertThat(line.getPricing().getUnitAmountDecimal(), is("2000"));
    assertThat(line.getParent().getType(), is("subscription_item_details"));
    assertThat(line.getParent().getSubscriptionItemDetails().getInvoiceItem(), is("ii_1"));
    assertThat(line.getParent().getSubscriptionItemDetails().getProration(), is(true));
  }

  @Test
  void anInvoiceThatNamesItsPaymentIntentIsAlsoAPaymentOfIt() {
    Parsed parsed = Parsed.extractedOn(DAY, anInvoice().with("payment_intent", "\"pi_1\""));

    InvoicePayment payment = parsed.row(Tables.INVOICE_PAYMENTS);
    assertThat(payment.getInvoice(), is("in_1"));
    assertThat(payment.getPayment().getPaymentIntent(), is("pi_1"));
    assertThat(payment.getStatus(), is("paid"));
    assertThat(payment.getAmountPaid(), is(2000L));
    assertThat(
        payment.getStatusTransitions().getPaidAt(), is(Instant.parse("2024-01-05T09:00:05Z")));
  }

  @Test
  void anInvoiceAndItsChargeGiveTheSamePayment() {
    InvoicePayment ofInvoice =
        Parsed.extractedOn(DAY, anInvoice().with("payment_intent", "\"pi_1\""))
            .row(Tables.INVOICE_PAYMENTS);
    InvoicePayment ofCharge =
        Parsed.extractedOn(DAY, aCharge().with("invoice", "\"in_1\"")).row(Tables.INVOICE_PAYMENTS);

    assertThat(ofCharge.getId(), is(ofInvoice.getId()));
    assertThat(ofCharge.getStatus(), is("paid"));
    assertThat(ofCharge.getPayment(), is(ofInvoice.getPayment()));
  }

  @Test
  void aCustomerHadAnAccountBalance() {
    var customer =
        Parsed.extractedOn(DAY, aCustomer().without("balance").with("account_balance", "-500"))
            .row(Tables.CUSTOMERS);

    assertThat(customer.getBalance(), is(-500L));
  }
}
