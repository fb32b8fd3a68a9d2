package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Stripe cuts the lists inside an object after ten elements and says so in {@code has_more}, at
 * times with {@code total_count}.
 */
final class Pages {
  /** Some are missing, and nothing says how many. */
  static final long SOME = -1;

  /** How many elements of a nested list were not delivered: 0 if all were, or {@link #SOME}. */
  static long missing(JsonNode list) {
    int delivered = list.path("data").size();
    long total = list.path("total_count").asLong(0);
    if (total > delivered) {
      return total - delivered;
    }
    return list.path("has_more").asBoolean(false) ? SOME : 0;
  }

  private Pages() {}
}
