package org.stripeanalytics.fold.terms;

import com.google.common.collect.ImmutableSet;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.Discount;

/**
 * A discount with the terms of its coupon.
 *
 * @param end first instant at which it no longer applies; null for ever
 * @param percentOff 0 to 100; null for amount coupons
 * @param amountOff minor units of {@code currency} off each invoice; null for percent coupons
 * @param products the products it is limited to; empty for all
 */
public record DiscountTerms(
    String id,
    Instant start,
    @Nullable Instant end,
    Duration duration,
    @Nullable BigDecimal percentOff,
    @Nullable Long amountOff,
    @Nullable String currency,
    ImmutableSet<String> products)
    implements Serializable {

  /** How long a coupon applies once redeemed. */
  public enum Duration {
    ONCE,
    REPEATING,
    FOREVER,
    /** One that Stripe has added since; it moves no MRR. */
    UNKNOWN;

    /**
     * @param duration as a coupon has it
     */
    static Duration of(String duration) {
      return switch (duration) {
        case "once" -> ONCE;
        case "repeating" -> REPEATING;
        case "forever" -> FOREVER;
        default -> UNKNOWN;
      };
    }
  }

  static DiscountTerms of(Discount discount, Coupon coupon) {
    return new DiscountTerms(
        discount.getId(),
        discount.getStart(),
        discount.getEnd(),
        Duration.of(coupon.getDuration()),
        coupon.getPercentOff(),
        coupon.getAmountOff(),
        coupon.getCurrency(),
        coupon.getAppliesTo() == null
            ? ImmutableSet.of()
            : ImmutableSet.copyOf(coupon.getAppliesTo().getProducts()));
  }

  /** Whether it takes something off at that instant; its end is not in it. */
  public boolean isLiveAt(Instant instant) {
    return !instant.isBefore(start) && (end == null || instant.isBefore(end));
  }

  /** Whether it is for a product; one that names no products is for all. */
  public boolean appliesTo(String product) {
    return products.isEmpty() || products.contains(product);
  }
}
