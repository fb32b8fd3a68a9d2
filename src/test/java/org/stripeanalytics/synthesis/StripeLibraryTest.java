package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Coupon;
import com.stripe.model.Customer;
import com.stripe.model.Discount;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Payout;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.Refund;
import com.stripe.model.StripeObject;
import com.stripe.model.Subscription;
import com.stripe.net.ApiResource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/** Reads simulated objects as a program does that uses Stripe's own library. */
class StripeLibraryTest {
  private static final Map<WarehouseTable<?>, Class<? extends StripeObject>> CLASSES =
      Map.ofEntries(
          Map.entry(Tables.PRODUCTS, Product.class),
          Map.entry(Tables.PRICES, Price.class),
          Map.entry(Tables.COUPONS, Coupon.class),
          Map.entry(Tables.DISCOUNTS, Discount.class),
          Map.entry(Tables.CUSTOMERS, Customer.class),
          Map.entry(Tables.PAYMENT_METHODS, PaymentMethod.class),
          Map.entry(Tables.SUBSCRIPTIONS, Subscription.class),
          Map.entry(Tables.INVOICES, Invoice.class),
          Map.entry(Tables.INVOICE_PAYMENTS, InvoicePayment.class),
          Map.entry(Tables.PAYMENT_INTENTS, PaymentIntent.class),
          Map.entry(Tables.CHARGES, Charge.class),
          Map.entry(Tables.REFUNDS, Refund.class),
          Map.entry(Tables.DISPUTES, Dispute.class),
          Map.entry(Tables.BALANCE_TRANSACTIONS, BalanceTransaction.class),
          Map.entry(Tables.PAYOUTS, Payout.class),
          Map.entry(Tables.EVENTS, Event.class));

  @Test
  void stripesLibraryReadsEveryObjectAndWritesItBackWithoutLoss() {
    SimulatedObjects.of(
        Simulations.account(5, 200),
        (table, json) -> {
          Class<? extends StripeObject> type = CLASSES.get(table);
          if (type != null) {
            StripeObject read = ApiResource.GSON.fromJson(json, type);
            JsonElement written = JsonParser.parseString(ApiResource.GSON.toJson(read));
            assertThat(withoutNulls(written), is(withoutNulls(JsonParser.parseString(json))));
          }
        });
  }

  @Test
  void stripesLibraryAcceptsTheApiVersionOfEveryEvent() {
    SimulatedObjects.of(
        Simulations.account(6, 50),
        (table, json) -> {
          if (table.equals(Tables.EVENTS)) {
            Event event = ApiResource.GSON.fromJson(json, Event.class);
            assertThat(json, event.getDataObjectDeserializer().getObject().isPresent(), is(true));
          }
        });
  }

  /** The library does not write keys without a value. */
  private static JsonElement withoutNulls(JsonElement json) {
    if (json instanceof JsonObject object) {
      JsonObject left = new JsonObject();
      object
          .entrySet()
          .forEach(
              entry -> {
                if (!entry.getValue().isJsonNull()) {
                  left.add(entry.getKey(), withoutNulls(entry.getValue()));
                }
              });
      return left;
    }
    if (json instanceof JsonArray array) {
      JsonArray left = new JsonArray();
      array.forEach(element -> left.add(withoutNulls(element)));
      return left;
    }
    // The library makes numbers of decimals that the API writes as text.
    return json.isJsonPrimitive() ? new JsonPrimitive(json.getAsString()) : json;
  }
}
