package org.stripeanalytics.ingestion.shapes;

import static org.stripeanalytics.ingestion.shapes.Members.JSON;
import static org.stripeanalytics.ingestion.shapes.Members.fill;
import static org.stripeanalytics.ingestion.shapes.Members.isThere;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Products, prices and plans.
 *
 * <table>
 * <caption>What changed</caption>
 * <tr><th>until</th><th>former</th><th>today</th></tr>
 * <tr><td>objects of 2013</td><td>no plan.created</td><td>when it was seen</td></tr>
 * <tr><td>2018-02-05</td><td>plan.name, no product</td><td>a product of that name; it has the
 *     plan's id here</td></tr>
 * <tr><td>2018-02-05</td><td>no product.type, no product.updated</td><td>service; created</td></tr>
 * <tr><td>2018-05-21</td><td>no plan.billing_scheme, usage_type, active</td><td>per_unit, licensed,
 *     true</td></tr>
 * <tr><td>2020-08-27</td><td>plan.amount, interval, interval_count, usage_type,
 *     trial_period_days</td><td>price.unit_amount, recurring</td></tr>
 * <tr><td>2020-08-27</td><td>plan.transform_usage</td><td>price.transform_quantity</td></tr>
 * </table>
 */
final class PriceShape {

  static void product(ObjectNode product, Instant seenAt) {
    fill(product, "created", seenAt.getEpochSecond());
    fill(product, "type", "service");
    fill(product, "active", true);
    fill(product, "name", product.get("id"));
    fill(product, "updated", product.get("created"));
  }

  /** What prices were called until 2020; they have the same ids. */
  static void plan(ObjectNode plan, Instant seenAt) {
    fill(plan, "created", seenAt.getEpochSecond());
    terms(plan);
    defaults(plan);
  }

  static void price(ObjectNode price, Instant seenAt) {
    fill(price, "created", seenAt.getEpochSecond());
    price(price);
  }

  /** Tools that know prices only write a plan as one, with its members where they were. */
  private static void price(ObjectNode price) {
    if (!isThere(price.get("recurring")) && price.path("interval").isTextual()) {
      terms(price);
    }
    defaults(price);
  }

  /** What a plan says of its billing, as a price says it. */
  private static void terms(ObjectNode plan) {
    ObjectNode recurring = JSON.objectNode();
    recurring.set("interval", plan.get("interval"));
    recurring.set("interval_count", plan.get("interval_count"));
    recurring.set("usage_type", plan.get("usage_type"));
    recurring.set("trial_period_days", plan.get("trial_period_days"));
    fill(plan, "recurring", recurring);
    fill(plan, "type", "recurring");
    fill(plan, "unit_amount", plan.get("amount"));
    fill(plan, "unit_amount_decimal", plan.get("amount_decimal"));
    fill(plan, "transform_quantity", plan.get("transform_usage"));
    fill(plan, "product", plan.get("id"));
  }

  private static void defaults(ObjectNode price) {
    boolean recurring = price.path("recurring").isObject();
    fill(price, "type", recurring ? "recurring" : "one_time");
    fill(price, "billing_scheme", "per_unit");
    fill(price, "active", true);
    if (price.get("recurring") instanceof ObjectNode terms) {
      fill(terms, "interval_count", 1);
      fill(terms, "usage_type", "licensed");
    }
  }

  /** Puts the price where it is today, whatever it was called. */
  static void priceOf(ObjectNode owner) {
    if (!isThere(owner.get("price")) && owner.get("plan") instanceof ObjectNode plan) {
      terms(plan);
      defaults(plan);
      owner.set("price", plan);
    } else if (owner.get("price") instanceof ObjectNode price) {
      price(price);
    }
  }

  static @Nullable JsonNode decimalOf(ObjectNode price) {
    JsonNode decimal = price.get("unit_amount_decimal");
    return isThere(decimal) || !price.path("unit_amount").isNumber()
        ? decimal
        : JSON.textNode(price.get("unit_amount").asText());
  }

  private PriceShape() {}
}
