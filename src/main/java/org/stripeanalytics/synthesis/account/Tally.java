package org.stripeanalytics.synthesis.account;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A sum over all customers on which objects of the account depend: payouts, fees of Stripe Billing,
 * redemptions of coupons. Days are those of UTC, by which Stripe settles.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class Tally {
  /** Net of the entries that a payout of this day takes out, in minor units. */
  static final String PAYOUT = "payout";

  /** What Stripe Billing collected on this day, in minor units. */
  static final String BILLED = "billed";

  /** How often a coupon was redeemed on this day. */
  static final String REDEEMED = "redeemed";

  public abstract String getKind();

  /** The coupon; empty for the other kinds. */
  public abstract String getName();

  public abstract LocalDate getDay();

  static Tally of(String kind, String name, LocalDate day) {
    return builder().setKind(kind).setName(name).setDay(day).build();
  }

  static Builder builder() {
    return new AutoValue_Tally.Builder();
  }

  /** Beam rebuilds tallies through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setKind(String value);

    abstract Builder setName(String value);

    abstract Builder setDay(LocalDate value);

    abstract Tally build();
  }
}
