package org.stripeanalytics.ingestion.shapes;

import static org.stripeanalytics.ingestion.shapes.Members.JSON;
import static org.stripeanalytics.ingestion.shapes.Members.fill;
import static org.stripeanalytics.ingestion.shapes.Members.id;
import static org.stripeanalytics.ingestion.shapes.Members.isThere;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Subscriptions and their items.
 *
 * <table>
 * <caption>What changed</caption>
 * <tr><th>until</th><th>former</th><th>today</th></tr>
 * <tr><td>2016-07-06</td><td>subscription.plan and quantity, no items</td><td>one item, whose id is
 *     made from the subscription's</td></tr>
 * <tr><td>2016-07-06</td><td>no subscription.created</td><td>start of the trial, or else of the
 *     plan</td></tr>
 * <tr><td>2017-05-25</td><td>no subscription.livemode</td><td>that of the event</td></tr>
 * <tr><td>2018-05-21</td><td>no subscription.billing_cycle_anchor</td><td>the trial's end, or when it
 *     started</td></tr>
 * <tr><td>2019-10-17</td><td>subscription.start, when its present plan began</td><td>start_date,
 *     when it was created</td></tr>
 * <tr><td>2019-10-17</td><td>subscription.billing</td><td>collection_method</td></tr>
 * <tr><td>2020-08-27</td><td>subscription.discount, item.plan</td><td>discounts, item.price</td></tr>
 * <tr><td>2025-03-31.basil</td><td>subscription.current_period_start, current_period_end</td>
 *     <td>the same of each item</td></tr>
 * </table>
 */
final class SubscriptionShape {

  static void subscription(ObjectNode subscription) {
    fill(subscription, "created", beginning(subscription));
    fill(subscription, "start_date", subscription.get("created"));
    fill(subscription, "collection_method", subscription.get("billing"));
    fill(subscription, "collection_method", "charge_automatically");
    fill(subscription, "billing_cycle_anchor", subscription.get("trial_end"));
    fill(subscription, "billing_cycle_anchor", subscription.get("start_date"));
    fill(subscription, "cancel_at_period_end", false);
    DiscountShape.discountsOf(subscription);
    if (!subscription.path("items").path("data").isArray()
        && !subscription.path("items").isArray()
        && subscription.path("plan").isObject()) {
      subscription.set("items", onlyItem(subscription));
    }
    JsonNode items = subscription.path("items");
    for (JsonNode item : items.isArray() ? items : items.path("data")) {
      if (item instanceof ObjectNode itemObject) {
        fill(itemObject, "created", subscription.get("created"));
        fill(itemObject, "current_period_start", subscription.get("current_period_start"));
        fill(itemObject, "current_period_end", subscription.get("current_period_end"));
        fill(itemObject, "current_period_start", subscription.get("start_date"));
        fill(itemObject, "current_period_end", itemObject.get("current_period_start"));
        item(itemObject);
        fill(subscription, "currency", itemObject.path("price").get("currency"));
      }
    }
  }

  /**
   * When a subscription began that does not say when it was created: at the start of its trial, or
   * else of its present plan, which is all that {@code start} says.
   */
  private static @Nullable JsonNode beginning(ObjectNode subscription) {
    for (String member : new String[] {"start_date", "trial_start", "start"}) {
      if (isThere(subscription.get(member))) {
        return subscription.get(member);
      }
    }
    return null;
  }

  static void item(ObjectNode item) {
    PriceShape.priceOf(item);
  }

  /** The item of a subscription that has no list of them. */
  private static ObjectNode onlyItem(ObjectNode subscription) {
    ObjectNode item = JSON.objectNode().put("object", "subscription_item");
    item.put("id", itemIdOf(id(subscription.get("id"))));
    item.set("plan", subscription.get("plan"));
    item.set("quantity", subscription.get("quantity"));
    ObjectNode list = JSON.objectNode().put("object", "list").put("has_more", false);
    list.putArray("data").add(item);
    return list;
  }

  /** The id of the only item, which the lines of its invoices name in the same way. */
  static String itemIdOf(String subscription) {
    return "si_of_" + subscription;
  }

  /** Whether the id is one of a subscription. */
  static boolean isId(JsonNode id) {
    return isThere(id) && (id.asText().startsWith("sub_") || id.asText().startsWith("su_"));
  }

  private SubscriptionShape() {}
}
