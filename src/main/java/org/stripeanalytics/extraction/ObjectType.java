package org.stripeanalytics.extraction;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A kind of object that is read from a list of its own, and what its elements bring with them. */
enum ObjectType {
  PRODUCT("products"),
  PRICE("prices", "expand[]=data.tiers", "expand[]=data.currency_options"),
  COUPON("coupons", "expand[]=data.applies_to"),
  CUSTOMER("customers", "expand[]=data.invoice_settings.default_payment_method"),
  SUBSCRIPTION(
      "subscriptions",
      "status=all",
      "expand[]=data.default_payment_method",
      "expand[]=data.discounts"),
  INVOICE("invoices", "expand[]=data.discounts"),
  INVOICE_PAYMENT("invoice_payments"),
  PAYMENT_INTENT("payment_intents", "expand[]=data.payment_method"),
  CHARGE("charges"),
  REFUND("refunds"),
  DISPUTE("disputes"),
  BALANCE_TRANSACTION("balance_transactions"),
  PAYOUT("payouts");

  /** What has no list of its own, and is taken from inside the others. */
  static final ImmutableSet<String> BROUGHT_ALONG = ImmutableSet.of("payment_method", "discount");

  /**
   * Types that events do not fully cover, so increments also list their new objects: Stripe does
   * not announce all changes of some, and events of prices and coupons lack the members that have
   * to be expanded.
   */
  static final ImmutableSet<ObjectType> LISTED_IN_INCREMENTS =
      ImmutableSet.of(BALANCE_TRANSACTION, INVOICE_PAYMENT, REFUND, PRICE, COUPON);

  private final String list;
  private final ImmutableList<String> parameters;

  ObjectType(String list, String... parameters) {
    this.list = list;
    this.parameters = ImmutableList.copyOf(parameters);
  }

  /** The last part of the path of its list. */
  String list() {
    return list;
  }

  /** What Stripe calls it in {@code object}. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a request for its list says besides the page and the window.
   *
   * @param without types that are not wanted, so that a key needs no permission for them
   */
  ImmutableList<String> parameters(ImmutableSet<String> without) {
    return parameters.stream()
        .filter(
            parameter ->
                !(parameter.endsWith("payment_method") && without.contains("payment_method")))
        .filter(parameter -> !(parameter.endsWith("discounts") && without.contains("discount")))
        .collect(ImmutableList.toImmutableList());
  }

  /** The type whose list has this path. */
  static Optional<ObjectType> ofList(String list) {
    return Arrays.stream(values()).filter(type -> type.list().equals(list)).findFirst();
  }

  /** Every name that {@code --without} may have. */
  static ImmutableSet<String> names() {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    Arrays.stream(values()).map(ObjectType::id).forEach(names::add);
    return names.addAll(BROUGHT_ALONG).build();
  }
}
