package org.stripeanalytics.ingestion.shapes;

import static org.stripeanalytics.ingestion.shapes.Members.JSON;
import static org.stripeanalytics.ingestion.shapes.Members.fill;
import static org.stripeanalytics.ingestion.shapes.Members.id;
import static org.stripeanalytics.ingestion.shapes.Members.isThere;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Lines of invoices.
 *
 * <table>
 * <caption>What changed</caption>
 * <tr><th>until</th><th>former</th><th>today</th></tr>
 * <tr><td>2018-05-21</td><td>the line of a subscription has its id and no
 *     subscription_item</td><td>the subscription's only item</td></tr>
 * <tr><td>2019-12-03</td><td>the line of an invoice item has its id</td><td>invoice_item</td></tr>
 * <tr><td>2020-08-27</td><td>plan</td><td>price</td></tr>
 * <tr><td>2025-03-31.basil</td><td>type, subscription, subscription_item, invoice_item,
 *     proration</td><td>parent</td></tr>
 * <tr><td>2025-03-31.basil</td><td>price</td><td>pricing</td></tr>
 * <tr><td>2025-09-30.clover</td><td>no subtotal</td><td>amount</td></tr>
 * </table>
 */
final class LineShape {

  static void line(ObjectNode line) {
    fill(line, "subtotal", line.get("amount"));
    fill(line, "discountable", true);
    PriceShape.priceOf(line);
    pricing(line);
    if (!isThere(line.get("parent")) && line.path("type").isTextual()) {
      line.set("parent", parentOf(line));
    }
  }

  private static void pricing(ObjectNode line) {
    if (line.get("pricing") instanceof ObjectNode pricing) {
      fill(pricing, "price", pricing.path("price_details").get("price"));
      fill(pricing, "product", pricing.path("price_details").get("product"));
    } else if (line.get("price") instanceof ObjectNode price) {
      ObjectNode pricing = JSON.objectNode();
      pricing.set("price", price.get("id"));
      pricing.set("product", price.get("product"));
      pricing.set("unit_amount_decimal", PriceShape.decimalOf(price));
      line.set("pricing", pricing);
    }
  }

  /** Until basil a line said itself what had produced it. */
  private static ObjectNode parentOf(ObjectNode line) {
    JsonNode subscription = subscriptionOf(line);
    boolean ofSubscription =
        isThere(line.get("subscription_item")) || line.path("type").asText().equals("subscription");
    String type = ofSubscription ? "subscription_item_details" : "invoice_item_details";
    ObjectNode details = JSON.objectNode();
    details.set("subscription", subscription);
    details.set("subscription_item", line.get("subscription_item"));
    details.set("invoice_item", line.get("invoice_item"));
    details.put("proration", line.path("proration").asBoolean(false));
    if (!ofSubscription) {
      fill(details, "invoice_item", line.get("id"));
    } else if (isThere(subscription)) {
      fill(details, "subscription_item", SubscriptionShape.itemIdOf(id(subscription)));
    }
    ObjectNode parent = JSON.objectNode().put("type", type);
    parent.set(type, details);
    return parent;
  }

  private static @Nullable JsonNode subscriptionOf(ObjectNode line) {
    JsonNode named = line.get("subscription");
    return !isThere(named) && SubscriptionShape.isId(line.get("id")) ? line.get("id") : named;
  }

  private LineShape() {}
}
