package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Iterator;
import java.util.Map;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * Finds the objects inside an object, at any depth: those that Stripe puts there always, such as
 * the price of an item, those that it put there in former versions, such as the refunds of a
 * charge, and those that it expands on request. Each has a type and an id as on its own.
 */
final class NestedObjects {
  /** What people write into these members is theirs, whatever it looks like. */
  private static final ImmutableSet<String> NOT_STRIPES = ImmutableSet.of("metadata");

  /** Members by which a type names the object around it, which it leaves out at times. */
  private static final ImmutableMap<String, ImmutableSet<String>> NAMES_OWNER =
      ImmutableMap.of(
          "refund", ImmutableSet.of("charge", "payment_intent"),
          "charge", ImmutableSet.of("payment_intent"),
          "dispute", ImmutableSet.of("charge"),
          "invoice_payment", ImmutableSet.of("invoice"),
          "subscription", ImmutableSet.of("customer"));

  /** Takes each object that is found, before those around it. */
  interface Found {
    void object(String type, WarehouseTable<?> table, ObjectNode object);

    /** A list that says that it is not whole. */
    void incompleteList(ObjectNode owner, String member, long missing);
  }

  /** Looks for what is inside an object; it is not handed on itself. */
  static void in(ObjectNode object, Found found) {
    members(object, object, found);
  }

  private static void members(ObjectNode node, ObjectNode owner, Found found) {
    boolean hasPrice = node.path("price").isObject();
    for (Iterator<Map.Entry<String, JsonNode>> all = node.fields(); all.hasNext(); ) {
      Map.Entry<String, JsonNode> member = all.next();
      JsonNode value = member.getValue();
      // Where both stand, the plan is the former view of the same price.
      boolean former = hasPrice && member.getKey().equals("plan");
      if (value.isContainerNode() && !former && !NOT_STRIPES.contains(member.getKey())) {
        if (value instanceof ObjectNode object && isList(object)) {
          long missing = Pages.missing(object);
          if (missing != 0) {
            found.incompleteList(owner, member.getKey(), missing);
          }
        }
        value(value, owner, found);
      }
    }
  }

  private static void value(JsonNode value, ObjectNode owner, Found found) {
    if (value.isArray()) {
      value.forEach(element -> value(element, owner, found));
    } else if (value instanceof ObjectNode object) {
      JsonNode type = object.path("object");
      WarehouseTable<?> table = type.isTextual() ? StripeObjects.tableOf(type.textValue()) : null;
      if (table != null) {
        nameOwner(type.textValue(), object, owner);
        FormerIds.give(type.textValue(), object);
      }
      boolean whole = table != null && object.path("id").isTextual();
      members(object, whole ? object : owner, found);
      if (whole) {
        found.object(type.textValue(), table, object);
      }
    }
  }

  private static void nameOwner(String type, ObjectNode object, ObjectNode owner) {
    String ownerType = owner.path("object").asText();
    if (NAMES_OWNER.getOrDefault(type, ImmutableSet.of()).contains(ownerType)
        && object.path(ownerType).isEmpty()
        && !object.path(ownerType).isTextual()) {
      object.set(ownerType, owner.get("id"));
    }
  }

  private static boolean isList(ObjectNode object) {
    return object.path("object").asText().equals("list");
  }

  private NestedObjects() {}
}
