package org.stripeanalytics.ingestion;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/** Which table holds the objects of which type, by the value of {@code object}. */
final class StripeObjects {
  static final String EVENT = "event";
  static final String MARKETING_SPEND = "marketing_spend";

  /** What the API's version 2 sends: the name of a change without its content. */
  static final String THIN_EVENT = "v2.core.event";

  /** The name under which a list response without objects is counted. */
  static final String EMPTY_PAGE = "empty page";

  /** The name under which an invoice that is only announced is counted. */
  static final String PREVIEW = "preview of an invoice";

  /** Responses that hold objects in {@code data}. */
  static final ImmutableSet<String> LISTS = ImmutableSet.of("list", "search_result");

  /** Members that list objects which have a table. */
  static final ImmutableSet<String> LISTS_OF_ROWS =
      ImmutableSet.of("charges", "discounts", "payments", "refunds", "subscriptions");

  private static final ImmutableMap<String, WarehouseTable<?>> TABLES =
      ImmutableMap.<String, WarehouseTable<?>>builder()
          .put("product", Tables.PRODUCTS)
          .put("price", Tables.PRICES)
          .put("plan", Tables.PRICES)
          .put("coupon", Tables.COUPONS)
          .put("discount", Tables.DISCOUNTS)
          .put("customer", Tables.CUSTOMERS)
          .put("payment_method", Tables.PAYMENT_METHODS)
          .put("subscription", Tables.SUBSCRIPTIONS)
          .put("invoice", Tables.INVOICES)
          .put("invoice_payment", Tables.INVOICE_PAYMENTS)
          .put("payment_intent", Tables.PAYMENT_INTENTS)
          .put("charge", Tables.CHARGES)
          .put("refund", Tables.REFUNDS)
          .put("dispute", Tables.DISPUTES)
          .put("balance_transaction", Tables.BALANCE_TRANSACTIONS)
          .put("payout", Tables.PAYOUTS)
          .put(EVENT, Tables.EVENTS)
          .put(MARKETING_SPEND, Tables.MARKETING_SPEND)
          .buildOrThrow();

  /** The table; null if no table holds objects of the type. */
  static @Nullable WarehouseTable<?> tableOf(String type) {
    return TABLES.get(type);
  }

  /** Every table that is filled from JSON. */
  static ImmutableSet<WarehouseTable<?>> tables() {
    return ImmutableSet.copyOf(TABLES.values());
  }

  /** The types that have a table. */
  static ImmutableSet<String> types() {
    return TABLES.keySet();
  }

  private StripeObjects() {}
}
