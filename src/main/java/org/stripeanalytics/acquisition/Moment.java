package org.stripeanalytics.acquisition;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** One thing that is known of a browser or of a customer. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class Moment {
  static final String VISIT = "visit";
  static final String IDENTITY = "identity";
  static final String PAYMENT = "payment";
  static final String REFUND = "refund";
  static final String EXPANSION = "expansion";
  static final String NEW = "new";

  public abstract String getKind();

  public abstract @Nullable Visit getVisit();

  /** Whose browser it is. */
  public abstract @Nullable String getCustomer();

  /** When it was paid, paid back, begun or added. */
  public abstract @Nullable Instant getAt();

  /** What was, in minor units of the reporting currency. */
  public abstract long getAmount();

  /** The channel that the customer itself is filed under. */
  public abstract @Nullable String getChannel();

  /** When it happened. */
  Instant time() {
    return getVisit() == null ? getAt() : getVisit().getAt();
  }

  static Moment of(Visit visit) {
    return builder(VISIT).setVisit(visit).build();
  }

  static Moment ofBrowser(String customer) {
    return builder(IDENTITY).setCustomer(customer).build();
  }

  static Moment ofMoney(String kind, Instant at, long amount, String channel) {
    return builder(kind).setAt(at).setAmount(amount).setChannel(channel).build();
  }

  private static Builder builder(String kind) {
    return builder().setKind(kind).setAmount(0);
  }

  static Builder builder() {
    return new AutoValue_Moment.Builder();
  }

  /** Beam rebuilds moments through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setKind(String value);

    abstract Builder setVisit(@Nullable Visit value);

    abstract Builder setCustomer(@Nullable String value);

    abstract Builder setAt(@Nullable Instant value);

    abstract Builder setAmount(long value);

    abstract Builder setChannel(@Nullable String value);

    abstract Moment build();
  }
}
