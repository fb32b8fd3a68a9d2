package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * What a deletion changes in an object. Stripe announces it with the object's last state, which
 * does not know of it, or with a stub of id and {@code deleted} alone.
 */
final class Deletions {
  private static final ImmutableMap<String, ImmutableMap<String, Object>> COLUMNS =
      ImmutableMap.<String, ImmutableMap<String, Object>>builder()
          .put(Tables.CUSTOMERS.name(), ImmutableMap.of("deleted", true))
          .put(Tables.DISCOUNTS.name(), ImmutableMap.of("deleted", true))
          .put(Tables.PRODUCTS.name(), ImmutableMap.of("active", false))
          .put(Tables.PRICES.name(), ImmutableMap.of("active", false))
          .put(Tables.COUPONS.name(), ImmutableMap.of("valid", false))
          .put(Tables.INVOICES.name(), ImmutableMap.of("status", "deleted"))
          .buildOrThrow();

  /** The columns that a deletion sets; none if the table's objects cannot be deleted. */
  static ImmutableMap<String, Object> columnsOf(String table) {
    return COLUMNS.getOrDefault(table, ImmutableMap.of());
  }

  /** Marks an object as deleted, in place. */
  static void mark(WarehouseTable<?> table, ObjectNode object) {
    columnsOf(table.name())
        .forEach(
            (column, value) -> {
              if (value instanceof Boolean truth) {
                object.put(column, truth);
              } else {
                object.put(column, (String) value);
              }
            });
  }

  /** Whether the object is only a stub, which says that it was deleted and nothing else. */
  static boolean isStub(WarehouseTable<?> table, ObjectNode object) {
    return object.path("deleted").asBoolean(false)
        && !object.has("created")
        && !object.has("start")
        && !columnsOf(table.name()).isEmpty();
  }

  private Deletions() {}
}
