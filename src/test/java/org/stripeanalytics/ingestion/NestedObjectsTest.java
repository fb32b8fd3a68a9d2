package org.stripeanalytics.ingestion;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.stripeanalytics.ingestion.StripeObject.aBalanceTransaction;
import static org.stripeanalytics.ingestion.StripeObject.aCharge;
import static org.stripeanalytics.ingestion.StripeObject.aCustomer;
import static org.stripeanalytics.ingestion.StripeObject.aRefund;
import static org.stripeanalytics.ingestion.StripeObject.aSubscription;
import static org.stripeanalytics.ingestion.StripeObject.anInvoice;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.Charge;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.raw.Price;
import org.stripeanalytics.model.raw.Refund;
import org.stripeanalytics.model.raw.Subscription;

/** Objects that stand inside others become rows of their own tables, and the outer keeps the id. */
class NestedObjectsTest {
  private static final Instant SECOND = Instant.parse("2024-02-05T09:00:00Z");
  private static final String PRICE =
      """
      {"id":"price_9","object":"price","active":true,"created":1704000000,"currency":"usd",
       "product":"prod_1","type":"recurring","billing_scheme":"per_unit","unit_amount":900,
       "recurring":{"interval":"month","interval_count":1,"usage_type":"licensed"},
       "livemode":true,"metadata":{}}
      """;
  private static final String COUPON =
      """
      {"id":"TEN","object":"coupon","created":1704000000,"duration":"forever","percent_off":10,
       "times_redeemed":1,"valid":true,"livemode":true,"metadata":{}}
      """;
  private static final String PAYMENT_METHOD =
      """
      {"id":"pm_9","object":"payment_method","created":1704000000,"type":"card",
       "billing_details":{},"customer":"cus_1","livemode":true,"metadata":{},
       "card":{"brand":"visa","exp_month":1,"exp_year":2030,"funding":"credit","last4":"4242"}}
      """;

  static Stream<Arguments> places() {
    return Stream.of(
        place(
            "a refund in its charge",
            Tables.REFUNDS,
            "re_1",
            aCharge().with("refunds", list(aRefund().json()))),
        place(
            "a charge in its payment intent's last error",
            Tables.CHARGES,
            "ch_1",
            anIntent()
                .with(
                    "last_payment_error",
                    "{\"type\":\"card_error\",\"charge\":" + aCharge().json() + "}")),
        place(
            "a charge in the list of its payment intent",
            Tables.CHARGES,
            "ch_1",
            anIntent().with("charges", list(aCharge().json()))),
        place(
            "a payment method that was refused",
            Tables.PAYMENT_METHODS,
            "pm_9",
            anIntent()
                .with(
                    "last_payment_error",
                    "{\"type\":\"card_error\",\"payment_method\":" + PAYMENT_METHOD + "}")),
        place(
            "a balance transaction of a charge",
            Tables.BALANCE_TRANSACTIONS,
            "txn_1",
            aCharge().with("balance_transaction", aBalanceTransaction().json())),
        place(
            "the customer of an invoice",
            Tables.CUSTOMERS,
            "cus_1",
            anInvoice().with("customer", aCustomer().json())),
        place(
            "the price of an item",
            Tables.PRICES,
            "price_9",
            aSubscription().with("items.data.0.price", PRICE)),
        place(
            "the price of a line",
            Tables.PRICES,
            "price_9",
            anInvoice().with("lines.data.0.price", PRICE)),
        place(
            "the product of the price of an item",
            Tables.PRODUCTS,
            "prod_9",
            aSubscription()
                .with(
                    "items.data.0.price",
                    PRICE.replace(
                        "\"prod_1\"",
                        "{\"id\":\"prod_9\",\"object\":\"product\",\"name\":\"Nine\",\"created\":1704000000,\"active\":true,\"livemode\":true,\"metadata\":{}}"))),
        place(
            "the subscription of a customer",
            Tables.SUBSCRIPTIONS,
            "sub_1",
            aCustomer().with("subscriptions", list(aSubscription().json()))),
        place(
            "the coupon of a discount of a customer",
            Tables.COUPONS,
            "TEN",
            aCustomer()
                .with(
                    "discount",
                    "{\"id\":\"di_1\",\"object\":\"discount\",\"start\":1704445200,\"customer\":\"cus_1\",\"coupon\":"
                        + COUPON
                        + "}")),
        place(
            "the coupon of a discount's source",
            Tables.COUPONS,
            "TEN",
            aSubscription()
                .with(
                    "discounts",
                    "[{\"id\":\"di_1\",\"object\":\"discount\",\"start\":1704445200,\"source\":{\"type\":\"coupon\",\"coupon\":"
                        + COUPON
                        + "}}]")),
        place(
            "the coupon of a promotion code, which has no table",
            Tables.COUPONS,
            "TEN",
            StripeObject.of(
                "{\"id\":\"promo_1\",\"object\":\"promotion_code\",\"coupon\":" + COUPON + "}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("places")
  void itIsARowOnceWhereverItStands(
      String place, WarehouseTable<?> table, String id, StripeObject outer) {
    Versions versions = Versions.of(outer.event("evt_1", "thing.updated", SECOND));

    assertThat(versions.ids(table), contains(id));
    assertThat(versions.of(table, id).rows().size(), is(1));
    assertThat(versions.rejections(), is(empty()));
  }

  @Test
  void whatIsExpandedIsKeptAsAnIdToo() {
    Versions versions =
        Versions.of(
            aCharge()
                .with("customer", aCustomer().json())
                .event("evt_1", "charge.updated", SECOND));

    Charge charge = versions.newest(Tables.CHARGES, "ch_1");

    assertThat(charge.getCustomer(), is("cus_1"));
  }

  @Test
  void aRefundThatNamesNoChargeIsOfTheChargeAroundIt() {
    Refund refund =
        Versions.of(
                aCharge()
                    .with("refunds", list(aRefund().without("charge").json()))
                    .event("evt_1", "charge.refunded", SECOND))
            .newest(Tables.REFUNDS, "re_1");

    assertThat(refund.getCharge(), is("ch_1"));
    assertThat(refund.getChangedAt(), is(SECOND));
    assertThat(refund.getSource(), is("webhook"));
  }

  @Test
  void itsOwnEventOfTheSameSecondIsPreferred() {
    StripeObject outer =
        aCharge().with("refunds", list(aRefund().json())).event("evt_1", "charge.refunded", SECOND);
    StripeObject own =
        aRefund().with("status", "\"pending\"").event("evt_2", "refund.created", SECOND);

    for (StripeObject[] order :
        List.of(new StripeObject[] {outer, own}, new StripeObject[] {own, outer})) {
      Refund refund = Versions.of(order).newest(Tables.REFUNDS, "re_1");

      assertThat(refund.getStatus(), is("pending"));
    }
  }

  @Test
  void aPriceCountsFromItsCreationOnWhenverItIsSeen() {
    List<Price> prices =
        Versions.of(
                aSubscription()
                    .with("items.data.0.price", PRICE)
                    .event("evt_1", "customer.subscription.updated", SECOND),
                aSubscription()
                    .with("items.data.0.price", PRICE)
                    .event("evt_2", "customer.subscription.updated", SECOND.plusSeconds(99_999)))
            .of(Tables.PRICES, "price_9")
            .rows();

    assertThat(prices.size(), is(1));
    assertThat(prices.get(0).getSnapshotDate(), is(LocalDate.of(2023, 12, 31)));
  }

  @Test
  void aDiscountWithoutIdHasOneThatItsOwnerNames() {
    Versions versions =
        Versions.of(
            aSubscription()
                .without("discounts")
                .with(
                    "discount",
                    "{\"object\":\"discount\",\"start\":1704445200,\"customer\":\"cus_1\",\"subscription\":\"sub_1\",\"coupon\":"
                        + COUPON
                        + "}")
                .event("evt_1", "customer.subscription.updated", SECOND));

    Subscription subscription = versions.newest(Tables.SUBSCRIPTIONS, "sub_1");
    Discount discount = versions.newest(Tables.DISCOUNTS, subscription.getDiscounts().get(0));

    assertThat(discount.getCoupon(), is("TEN"));
  }

  @Test
  void whatPeopleWriteIntoMetadataIsTheirs() {
    Versions versions =
        Versions.extractedOn("2024-03-01", aCharge().with("metadata", "{\"refund\":\"re_7\"}"));

    assertThat(versions.ids(Tables.REFUNDS), is(empty()));
  }

  @Test
  void aListThatIsCutOffIsNamedWithWhatIsMissing() {
    Versions versions =
        Versions.of(
            aCharge()
                .with(
                    "refunds",
                    "{\"object\":\"list\",\"has_more\":true,\"total_count\":12,\"data\":["
                        + aRefund().json()
                        + "]}")
                .event("evt_1", "charge.refunded", SECOND));

    assertThat(
        versions.notices(),
        hasItem(
            "Lists within objects that are longer than what was delivered of them:"
                + " refunds of ch_1 (11 missing)"));
  }

  @Test
  void whatIsNotWholeCostsNothingAndIsNamed() {
    Versions versions =
        Versions.of(
            aCharge()
                .with("refunds", list("{\"id\":\"re_1\",\"object\":\"refund\"}"))
                .event("evt_1", "charge.refunded", SECOND));

    assertThat(versions.ids(Tables.CHARGES), contains("ch_1"));
    assertThat(versions.rejections(), is(empty()));
    assertThat(
        versions.notices(),
        hasItem(
            startsWith(
                "Objects inside a charge that are no rows of raw.refunds themselves (missing_field):"
                    + " re_1, because ")));
  }

  @Test
  void theModeIsThatOfTheEventOrTheObjectAroundIt() {
    StripeObject event =
        aCharge()
            .without("livemode")
            .with("customer", aCustomer().without("livemode").json())
            .event("evt_1", "charge.updated", SECOND)
            .with("livemode", "false");

    Versions versions = Versions.of(event);

    Charge charge = versions.newest(Tables.CHARGES, "ch_1");
    Customer customer = versions.newest(Tables.CUSTOMERS, "cus_1");
    assertThat(charge.getLivemode(), is(false));
    assertThat(customer.getLivemode(), is(false));
  }

  private static StripeObject anIntent() {
    return StripeObject.of(
        """
        {"id":"pi_1","object":"payment_intent","created":0,"amount":2000,"amount_capturable":0,
         "amount_received":0,"currency":"usd","status":"requires_payment_method",
         "capture_method":"automatic","confirmation_method":"automatic",
         "payment_method_types":["card"],"livemode":true,"metadata":{}}
        """);
  }

  private static String list(String... objects) {
    return "{\"object\":\"list\",\"has_more\":false,\"data\":[" + String.join(",", objects) + "]}";
  }

  private static Arguments place(
      String place, WarehouseTable<?> table, String id, StripeObject outer) {
    return Arguments.of(place, table, id, outer);
  }
}
