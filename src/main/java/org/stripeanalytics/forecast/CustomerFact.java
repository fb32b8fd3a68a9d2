package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** One thing that is known of a customer. Exactly one is set. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CustomerFact {
  public abstract @Nullable RevenueChange getChange();

  public abstract @Nullable SubscriptionPeriod getPeriod();

  public abstract @Nullable Bill getBill();

  public abstract @Nullable Attempt getAttempt();

  public abstract @Nullable SeenCard getCard();

  public abstract @Nullable Returned getRefund();

  public abstract @Nullable Disputed getDispute();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CustomerFact.Builder();
  }

  /** Builds a {@link CustomerFact}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setChange(@Nullable RevenueChange value);

    public abstract Builder setPeriod(@Nullable SubscriptionPeriod value);

    public abstract Builder setBill(@Nullable Bill value);

    public abstract Builder setAttempt(@Nullable Attempt value);

    public abstract Builder setCard(@Nullable SeenCard value);

    public abstract Builder setRefund(@Nullable Returned value);

    public abstract Builder setDispute(@Nullable Disputed value);

    public abstract CustomerFact build();
  }
}
