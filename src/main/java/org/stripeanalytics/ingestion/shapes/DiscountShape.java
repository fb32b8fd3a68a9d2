package org.stripeanalytics.ingestion.shapes;

import static org.stripeanalytics.ingestion.shapes.Members.JSON;
import static org.stripeanalytics.ingestion.shapes.Members.fill;
import static org.stripeanalytics.ingestion.shapes.Members.isThere;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Coupons and discounts.
 *
 * <table>
 * <caption>What changed</caption>
 * <tr><th>until</th><th>former</th><th>today</th></tr>
 * <tr><td>objects of 2013</td><td>no coupon.created</td><td>when it was seen</td></tr>
 * <tr><td>2020-08-27</td><td>one discount of an object, without id</td><td>discounts, each with
 *     one</td></tr>
 * <tr><td>2025-09-30.clover</td><td>discount.coupon</td><td>discount.source.coupon; the column is
 *     the former</td></tr>
 * </table>
 */
final class DiscountShape {

  static void coupon(ObjectNode coupon, Instant seenAt) {
    fill(coupon, "created", seenAt.getEpochSecond());
    fill(coupon, "times_redeemed", 0);
    fill(coupon, "valid", true);
  }

  static void discount(ObjectNode discount) {
    fill(discount, "coupon", discount.path("source").get("coupon"));
  }

  /** There could be one discount only until several could be. */
  static void discountsOf(ObjectNode owner) {
    if (isThere(owner.get("discount")) && owner.path("discounts").isEmpty()) {
      owner.set("discounts", JSON.arrayNode().add(owner.get("discount")));
    }
  }

  private DiscountShape() {}
}
