package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.profile.Profile;

/** The discount of one subscription, if it has one: redeemed at its start, gone when used up. */
final class Redemption {
  private final SimulatedCustomer customer;
  private final RandomStream stream;
  private @Nullable AppliedDiscount discount;

  /**
   * @param stream of the subscription
   */
  Redemption(SimulatedCustomer customer, RandomStream stream) {
    this.customer = customer;
    this.stream = stream;
  }

  void redeem(String coupon, String subscription, Instant at) {
    Profile.Offer offer = customer.profile.coupons().offers().get(coupon);
    Discount.Builder row =
        Discount.builder()
            .setId(StripeId.DISCOUNT.of(stream, customer.token, at))
            .setCoupon(coupon)
            .setCustomer(customer.row().getId())
            .setSubscription(subscription)
            .setStart(at)
            .setEnd(offer.months() == null ? null : BillingPeriods.plusMonths(at, offer.months()));
    discount =
        new AppliedDiscount(offer, customer.journal.record(at, row, "customer.discount.created"));
  }

  @Nullable AppliedDiscount current() {
    return discount;
  }

  /** As subscriptions and invoices name it. */
  List<String> ids() {
    return ids(discount);
  }

  static List<String> ids(@Nullable AppliedDiscount applied) {
    return applied == null ? List.of() : List.of(applied.id());
  }

  /** A discount for some months is gone with the first renewal after them. */
  void endIfOver(Instant at) {
    if (discount != null && discount.hasEndedBy(at)) {
      remove(at);
    }
  }

  /** A discount for one invoice is gone once that invoice exists. */
  void useUp(Instant at) {
    if (discount != null && discount.isForOneInvoice()) {
      remove(at);
    }
  }

  /** What a coupon that never ends leaves of annualised revenue. */
  long leftOf(long arr, int periods) {
    return discount == null ? arr : arr - discount.foreverOff(arr, periods);
  }

  private void remove(Instant at) {
    customer.journal.record(
        at, discount.row().toBuilder().setDeleted(true), "customer.discount.deleted");
    discount = null;
  }
}
