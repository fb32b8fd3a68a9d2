package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import org.stripeanalytics.model.Money;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.raw.DiscountAmount;
import org.stripeanalytics.synthesis.profile.Profile;

/** A coupon redeemed for one subscription. */
final class AppliedDiscount {
  private final Profile.Offer offer;
  private final Discount row;

  AppliedDiscount(Profile.Offer offer, Discount row) {
    this.offer = offer;
    this.row = row;
  }

  String id() {
    return row.getId();
  }

  Discount row() {
    return row;
  }

  /** Whether one invoice uses it up. */
  boolean isForOneInvoice() {
    return offer.duration().equals("once");
  }

  boolean hasEndedBy(Instant at) {
    return row.getEnd() != null && !at.isBefore(row.getEnd());
  }

  /**
   * What it takes off annualised revenue for good, in minor units.
   *
   * @param periods how many billing periods the year has
   */
  long foreverOff(long arr, int periods) {
    if (!offer.duration().equals("forever")) {
      return 0;
    }
    return offer.percentOff() != null
        ? Money.part(arr, offer.percentOff().movePointLeft(2))
        : Math.min(arr, offer.amountOff() * periods);
  }

  /** What it takes off an amount, in minor units; never more than there is. */
  DiscountAmount off(long amount) {
    long off =
        offer.percentOff() != null
            ? Money.part(amount, offer.percentOff().movePointLeft(2))
            : Math.min(amount, offer.amountOff());
    return DiscountAmount.builder().setAmount(off).setDiscount(row.getId()).build();
  }
}
