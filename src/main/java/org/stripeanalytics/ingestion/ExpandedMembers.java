package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;

/**
 * Members that Stripe delivers only to whoever asks for them ({@code expand[]}): the tiers of a
 * price and its amounts in other currencies, the products that a coupon is limited to. Events never
 * have them. A state without them does not mean that there are none, so they are taken from another
 * state of the object. Once there, they are never taken away: Stripe lets nobody change the tiers
 * of a price or the products of a coupon, and the options of a price always have its own currency.
 */
final class ExpandedMembers {
  private static final ImmutableMap<String, ImmutableSet<String>> BY_TABLE =
      ImmutableMap.of(
          Tables.PRICES.name(), ImmutableSet.of("tiers", "currency_options"),
          Tables.COUPONS.name(), ImmutableSet.of("applies_to"));

  /** The columns of such members; none if the table's objects have none. */
  static ImmutableSet<String> of(String table) {
    return BY_TABLE.getOrDefault(table, ImmutableSet.of());
  }

  /**
   * How many of them an object lacks.
   *
   * @param object in the shape of the table's columns
   */
  static long missing(String table, JsonNode object) {
    // Only records and lists have a size.
    return of(table).stream().filter(column -> object.path(column).isEmpty()).count();
  }

  /** Whether a state has one of them at least. */
  static boolean isIn(VersionedRow row) {
    int members = of(row.getTable()).size();
    return members > 0 && row.getMissing() < members;
  }

  /**
   * The same row with what it lacks.
   *
   * @param others the same object at other times, the most similar one first
   */
  static <T> T complete(String name, TableRows<T> table, T row, List<T> others) {
    Map<String, Object> found = new HashMap<>();
    for (String column : of(name)) {
      if (isEmpty(table.get(row, column))) {
        others.stream()
            .map(other -> table.get(other, column))
            .filter(value -> !isEmpty(value))
            .findFirst()
            .ifPresent(value -> found.put(column, value));
      }
    }
    return found.isEmpty() ? row : table.with(row, found);
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null || (value instanceof List<?> list && list.isEmpty());
  }

  private ExpandedMembers() {}
}
