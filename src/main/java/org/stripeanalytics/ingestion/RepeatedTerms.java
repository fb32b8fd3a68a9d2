package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recognises prices, coupons and payment methods that were seen a moment ago in the same state:
 * every event of a subscription carries its prices. Passing over them changes no table, because a
 * nested one counts from its creation on, whenever it was seen. Not thread-safe.
 */
final class RepeatedTerms {
  private static final ImmutableSet<String> TYPES =
      ImmutableSet.of("price", "plan", "coupon", "payment_method");

  private static final int MOST = 1_000;

  private final Map<String, JsonNode> lastSeen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonNode> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Whether objects of this type are terms: of these Stripe lets nobody change what is billed, or
   * what is charged.
   */
  static boolean areOf(String type) {
    return TYPES.contains(type);
  }

  void forget() {
    lastSeen.clear();
  }

  boolean repeats(String type, ObjectNode object) {
    String key = type + ' ' + object.path("id").asText();
    if (object.equals(lastSeen.get(key))) {
      return true;
    }
    lastSeen.put(key, object.deepCopy());
    return false;
  }
}
