package org.stripeanalytics.ingestion.shapes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * Brings an object into the shape of its columns, in place: where a column is elsewhere than in
 * Stripe's JSON, and where an older API version wrote it otherwise. Each step only fills in what is
 * not there, so an object of the current version stays as it is.
 */
public final class CurrentShape {
  private static final ImmutableMap<String, BiConsumer<ObjectNode, Instant>> STEPS =
      ImmutableMap.<String, BiConsumer<ObjectNode, Instant>>builder()
          .put("product", PriceShape::product)
          .put("plan", PriceShape::plan)
          .put("price", PriceShape::price)
          .put("coupon", DiscountShape::coupon)
          .put("discount", (discount, seenAt) -> DiscountShape.discount(discount))
          .put("customer", (customer, seenAt) -> CustomerShape.customer(customer))
          .put("payment_method", (method, seenAt) -> CustomerShape.paymentMethod(method))
          .put(
              "subscription",
              (subscription, seenAt) -> SubscriptionShape.subscription(subscription))
          .put("subscription_item", (item, seenAt) -> SubscriptionShape.item(item))
          .put("invoice", InvoiceShape::invoice)
          .put("line_item", (line, seenAt) -> LineShape.line(line))
          .put("payment_intent", (intent, seenAt) -> PaymentIntentShape.intent(intent))
          .put("charge", (charge, seenAt) -> ChargeShape.charge(charge))
          .put("refund", (refund, seenAt) -> ChargeShape.refund(refund))
          .put("dispute", (dispute, seenAt) -> DisputeShape.dispute(dispute))
          .put("balance_transaction", (entry, seenAt) -> LedgerShape.balanceTransaction(entry))
          .put("payout", (payout, seenAt) -> LedgerShape.payout(payout))
          .put("event", (event, seenAt) -> event(event))
          .buildOrThrow();

  /**
   * @param type the value of {@code object}
   * @param seenAt when the object was in this state
   */
  public static void apply(String type, ObjectNode object, Instant seenAt) {
    BiConsumer<ObjectNode, Instant> step = STEPS.get(type);
    if (step != null) {
      step.accept(object, seenAt);
    }
  }

  /** Until 2017-05-25 an event named its request by the id alone. */
  private static void event(ObjectNode event) {
    if (event.path("request").isTextual()) {
      event.set("request", Members.JSON.objectNode().set("id", event.get("request")));
    }
  }

  private CurrentShape() {}
}
