package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;

/**
 * Objects of today that a former version told of only as members of another one: the payment that
 * an invoice or a charge names ({@link FormerPayments}), the product that a plan was by itself.
 */
final class FormerObjects {

  /**
   * @param object in today's shape
   */
  static ImmutableList<ObjectNode> in(String type, ObjectNode object) {
    return switch (type) {
      case "plan" -> productOf(object);
      default -> FormerPayments.of(type, object).map(ImmutableList::of).orElse(ImmutableList.of());
    };
  }

  /** Until 2018-02-05 a plan had a name and no product. */
  private static ImmutableList<ObjectNode> productOf(ObjectNode plan) {
    if (!plan.path("name").isTextual() || !plan.path("product").equals(plan.path("id"))) {
      return ImmutableList.of();
    }
    ObjectNode product = JsonNodeFactory.instance.objectNode().put("object", "product");
    for (String member : new String[] {"id", "name", "created", "livemode", "active"}) {
      product.set(member, plan.get(member));
    }
    product.put("type", "service");
    product.set("updated", plan.get("created"));
    return ImmutableList.of(product);
  }

  private FormerObjects() {}
}
