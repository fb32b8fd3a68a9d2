package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;

/**
 * Ids for objects that had none in former versions: discounts until 2020, refunds and disputes
 * until 2014. An id is made from what tells an object from others of its type, so that the same
 * object has the same one wherever it is.
 */
final class FormerIds {
  private static final int CHARACTERS = 24;

  /**
   * Gives an object its id if it has none. One that is not a text stays, to be rejected.
   *
   * @param object with the name of the object that it belongs to
   */
  static void give(String type, ObjectNode object) {
    if (!object.path("id").isMissingNode() && !object.path("id").isNull()) {
      return;
    }
    switch (type) {
      case "discount" ->
          object.put("id", "di_" + hash(object, "customer", "subscription", "coupon", "start"));
      case "refund" -> {
        if (isNamed(object.path("charge"))) {
          object.put("id", "re_" + hash(object, "charge", "created", "amount"));
        }
      }
      case "dispute" -> {
        // There is one to a charge.
        if (isNamed(object.path("charge"))) {
          object.put("id", "dp_" + hash(object, "charge"));
        }
      }
      default -> {
        // Everything else has had an id from the beginning.
      }
    }
  }

  private static String hash(ObjectNode object, String... members) {
    StringBuilder identity = new StringBuilder();
    for (String member : members) {
      identity.append(identity.isEmpty() ? "" : "/").append(text(object.path(member)));
    }
    return Hashing.sha256().hashString(identity, UTF_8).toString().substring(0, CHARACTERS);
  }

  private static boolean isNamed(JsonNode reference) {
    return !text(reference).isEmpty();
  }

  /** An id, or that of the object that is expanded in its place. */
  private static String text(JsonNode reference) {
    return reference.isObject() ? reference.path("id").asText() : reference.asText();
  }

  private FormerIds() {}
}
