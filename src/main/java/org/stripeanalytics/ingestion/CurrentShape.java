package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Brings an object into the shape of its columns, in place: where a column stands elsewhere than in
 * Stripe's JSON, and where an older API version wrote it otherwise. Each step only fills in what is
 * not there, so an object of the current version stays as it is.
 *
 * <p>Sources are Stripe's changelog of versions up to {@code 2026-07-29.dahlia}. The largest steps
 * are basil (2025), which moved a subscription's period to its items and an invoice's subscription
 * to its parent, and prices (2020), which took the place of plans.
 */
final class CurrentShape {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final ImmutableMap<String, Consumer<ObjectNode>> STEPS =
      ImmutableMap.<String, Consumer<ObjectNode>>builder()
          .put("product", CurrentShape::product)
          .put("plan", CurrentShape::plan)
          .put("price", CurrentShape::price)
          .put("discount", CurrentShape::discount)
          .put("customer", CurrentShape::customer)
          .put("subscription", CurrentShape::subscription)
          .put("invoice", CurrentShape::invoice)
          .put("payment_intent", CurrentShape::paymentIntent)
          .put("charge", CurrentShape::charge)
          .put("dispute", CurrentShape::dispute)
          .put("balance_transaction", CurrentShape::balanceTransaction)
          .put("payout", CurrentShape::payout)
          .put("event", CurrentShape::event)
          .buildOrThrow();

  /** What an event that ends in {@code .deleted} makes true or false of an object. */
  private static final ImmutableMap<String, Consumer<ObjectNode>> DELETIONS =
      ImmutableMap.of(
          "customer", customer -> customer.put("deleted", true),
          "discount", discount -> discount.put("deleted", true),
          "product", product -> product.put("active", false),
          "price", price -> price.put("active", false),
          "plan", plan -> plan.put("active", false),
          "coupon", coupon -> coupon.put("valid", false));

  /**
   * @param type the value of {@code object}
   */
  static void apply(String type, ObjectNode object) {
    STEPS.getOrDefault(type, unchanged -> {}).accept(object);
  }

  /** Stripe announces a deletion with the object's last state, which does not know of it. */
  static void delete(String type, ObjectNode object) {
    DELETIONS.getOrDefault(type, unchanged -> {}).accept(object);
  }

  private static void product(ObjectNode product) {
    fill(product, "type", JSON.textNode("service"));
    fill(product, "updated", product.get("created"));
  }

  /** What prices were called until 2020; they have the same ids. */
  private static void plan(ObjectNode plan) {
    ObjectNode recurring = JSON.objectNode();
    recurring.set("interval", plan.get("interval"));
    recurring.set("interval_count", plan.get("interval_count"));
    recurring.set("usage_type", plan.get("usage_type"));
    recurring.set("trial_period_days", plan.get("trial_period_days"));
    fill(recurring, "interval_count", JSON.numberNode(1));
    fill(recurring, "usage_type", JSON.textNode("licensed"));
    fill(plan, "recurring", recurring);
    fill(plan, "type", JSON.textNode("recurring"));
    fill(plan, "billing_scheme", JSON.textNode("per_unit"));
    fill(plan, "unit_amount", plan.get("amount"));
    fill(plan, "unit_amount_decimal", plan.get("amount_decimal"));
  }

  private static void price(ObjectNode price) {
    boolean recurring = price.path("recurring").isObject();
    fill(price, "type", JSON.textNode(recurring ? "recurring" : "one_time"));
    fill(price, "billing_scheme", JSON.textNode("per_unit"));
  }

  private static void discount(ObjectNode discount) {
    fill(discount, "coupon", discount.path("source").get("coupon"));
  }

  private static void customer(ObjectNode customer) {
    fill(
        customer,
        "default_payment_method",
        customer.path("invoice_settings").get("default_payment_method"));
    fill(customer, "balance", customer.get("account_balance"));
  }

  private static void subscription(ObjectNode subscription) {
    fill(subscription, "start_date", subscription.get("start"));
    fill(subscription, "collection_method", subscription.get("billing"));
    fillDiscounts(subscription);
    for (JsonNode item : subscription.path("items").path("data")) {
      if (item instanceof ObjectNode itemObject) {
        fill(itemObject, "current_period_start", subscription.get("current_period_start"));
        fill(itemObject, "current_period_end", subscription.get("current_period_end"));
        fillPrice(itemObject);
        fill(subscription, "currency", itemObject.path("price").get("currency"));
      }
    }
  }

  private static void invoice(ObjectNode invoice) {
    fill(invoice, "created", invoice.get("date"));
    fill(invoice, "collection_method", invoice.get("billing"));
    fill(invoice, "amount_overpaid", JSON.numberNode(0));
    fill(invoice, "starting_balance", JSON.numberNode(0));
    fill(invoice, "status_transitions", JSON.objectNode());
    fillDiscounts(invoice);
    if (isThere(invoice.get("parent"))) {
      if (invoice.get("parent") instanceof ObjectNode parent) {
        fill(parent, "subscription", parent.path("subscription_details").get("subscription"));
      }
    } else if (isThere(invoice.get("subscription"))) {
      ObjectNode parent = JSON.objectNode().put("type", "subscription_details");
      parent.set("subscription", invoice.get("subscription"));
      invoice.set("parent", parent);
    }
    for (JsonNode line : invoice.path("lines").path("data")) {
      if (line instanceof ObjectNode lineObject) {
        invoiceLine(lineObject);
      }
    }
  }

  private static void invoiceLine(ObjectNode line) {
    fill(line, "subtotal", line.get("amount"));
    fill(line, "discountable", JSON.booleanNode(true));
    fillPrice(line);
    if (line.get("pricing") instanceof ObjectNode pricing) {
      fill(pricing, "price", pricing.path("price_details").get("price"));
      fill(pricing, "product", pricing.path("price_details").get("product"));
    } else if (line.get("price") instanceof ObjectNode price) {
      ObjectNode pricing = JSON.objectNode();
      pricing.set("price", price.get("id"));
      pricing.set("product", price.get("product"));
      pricing.set("unit_amount_decimal", decimalOf(price));
      line.set("pricing", pricing);
    }
    if (!isThere(line.get("parent")) && line.path("type").isTextual()) {
      line.set("parent", parentOf(line));
    }
  }

  /** Until basil a line said itself what had produced it. */
  private static ObjectNode parentOf(ObjectNode line) {
    boolean item = isThere(line.get("subscription_item"));
    String type = item ? "subscription_item_details" : "invoice_item_details";
    ObjectNode details = JSON.objectNode();
    details.set("subscription", line.get("subscription"));
    details.set("subscription_item", line.get("subscription_item"));
    details.set("invoice_item", line.get("invoice_item"));
    details.put("proration", line.path("proration").asBoolean(false));
    ObjectNode parent = JSON.objectNode().put("type", type);
    parent.set(type, details);
    return parent;
  }

  private static void paymentIntent(ObjectNode intent) {
    fill(intent, "latest_charge", intent.path("charges").path("data").path(0).get("id"));
    fill(intent, "amount_capturable", JSON.numberNode(0));
    fill(intent, "amount_received", JSON.numberNode(0));
  }

  private static void charge(ObjectNode charge) {
    boolean captured = charge.path("captured").asBoolean(false);
    fill(charge, "amount_captured", captured ? charge.get("amount") : JSON.numberNode(0));
    fill(charge, "disputed", JSON.booleanNode(isThere(charge.get("dispute"))));
    fill(charge, "billing_details", JSON.objectNode());
    fill(charge, "payment_method", charge.path("source").get("id"));
  }

  private static void dispute(ObjectNode dispute) {
    if (dispute.path("payment_method_details").get("card") instanceof ObjectNode card) {
      fill(card, "case_type", JSON.textNode("chargeback"));
      fill(dispute, "card", card);
    }
  }

  private static void balanceTransaction(ObjectNode transaction) {
    fill(transaction, "balance_type", JSON.textNode("payments"));
    fill(transaction, "reporting_category", transaction.get("type"));
  }

  private static void payout(ObjectNode payout) {
    fill(payout, "reconciliation_status", JSON.textNode("not_applicable"));
  }

  /** Until 2017 an event named its request by the id alone. */
  private static void event(ObjectNode event) {
    if (event.path("request").isTextual()) {
      event.set("request", JSON.objectNode().set("id", event.get("request")));
    }
  }

  /** Until 2020 there was a plan where there is a price now. */
  private static void fillPrice(ObjectNode owner) {
    if (!isThere(owner.get("price")) && owner.get("plan") instanceof ObjectNode plan) {
      plan(plan);
      owner.set("price", plan);
    } else if (owner.get("price") instanceof ObjectNode price) {
      price(price);
    }
  }

  /** There could be one discount only until several could be. */
  private static void fillDiscounts(ObjectNode owner) {
    if (isThere(owner.get("discount")) && owner.path("discounts").isEmpty()) {
      owner.set("discounts", JSON.arrayNode().add(owner.get("discount")));
    }
  }

  private static @Nullable JsonNode decimalOf(ObjectNode price) {
    JsonNode decimal = price.get("unit_amount_decimal");
    return isThere(decimal) || !price.path("unit_amount").isNumber()
        ? decimal
        : JSON.textNode(price.get("unit_amount").asText());
  }

  private static void fill(ObjectNode object, String name, @Nullable JsonNode value) {
    if (!isThere(object.get(name)) && isThere(value)) {
      object.set(name, value);
    }
  }

  private static boolean isThere(@Nullable JsonNode node) {
    return node != null && !node.isNull() && !node.isMissingNode();
  }

  private CurrentShape() {}
}
