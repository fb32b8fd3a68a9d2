package org.stripeanalytics.server;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Locale;

/**
 * A kind of object with a list of its own, and what that list filters by besides {@code created}.
 */
enum Resource {
  PRODUCTS("product", "active"),
  PRICES("price", "active", "currency", "product", "type"),
  COUPONS("coupon"),
  CUSTOMERS("customer", "email"),
  PAYMENT_METHODS("payment_method", "customer", "type"),
  SUBSCRIPTIONS("subscription", "customer", "collection_method", "status"),
  INVOICES("invoice", "customer", "collection_method", "status", "subscription"),
  INVOICE_PAYMENTS("invoice_payment", "invoice", "status"),
  PAYMENT_INTENTS("payment_intent", "customer"),
  CHARGES("charge", "customer", "payment_intent"),
  REFUNDS("refund", "charge", "payment_intent"),
  DISPUTES("dispute", "charge", "payment_intent"),
  BALANCE_TRANSACTIONS("balance_transaction", "currency", "payout", "source", "type"),
  PAYOUTS("payout", "destination", "status"),
  EVENTS("event", "type", "types");

  private static final ImmutableMap<String, Resource> BY_PATH =
      Arrays.stream(values()).collect(toImmutableMap(Resource::path, resource -> resource));

  private final String type;
  private final ImmutableSet<String> filters;

  Resource(String type, String... filters) {
    this.type = type;
    this.filters = ImmutableSet.copyOf(filters);
  }

  static ImmutableMap<String, Resource> byPath() {
    return BY_PATH;
  }

  /** The last part of the path of its list. */
  String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What Stripe calls its objects. */
  String type() {
    return type;
  }

  ImmutableSet<String> filters() {
    return filters;
  }

  /** Those lists that Stripe cannot narrow to a time. */
  boolean filtersByCreated() {
    return this != PAYMENT_METHODS;
  }
}
