package org.stripeanalytics.model.dimensions;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code dimensions.dim_subscription}: one row per subscription, as its newest version
 * describes it, and the unknown member.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SubscriptionMember {
  public abstract long getSubscriptionKey();

  public abstract String getSubscriptionId();

  public abstract String getCustomerId();

  public abstract String getStatus();

  public abstract long getProductKey();

  public abstract long getPriceKey();

  public abstract String getPlan();

  public abstract long getQuantity();

  public abstract @Nullable String getCurrency();

  public abstract @Nullable String getBillingInterval();

  public abstract @Nullable Instant getCreatedAt();

  public abstract @Nullable Instant getStartedAt();

  public abstract @Nullable Instant getTrialStartedAt();

  public abstract @Nullable Instant getTrialEndsAt();

  public abstract @Nullable Instant getCurrentPeriodEndsAt();

  public abstract boolean getIsEnding();

  public abstract @Nullable Instant getCancelsAt();

  public abstract @Nullable Instant getCanceledAt();

  public abstract @Nullable Instant getEndedAt();

  public abstract @Nullable String getCancellationReason();

  public abstract @Nullable String getCancellationFeedback();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SubscriptionMember.Builder();
  }

  /** Builds a {@link SubscriptionMember}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSubscriptionKey(long value);

    public abstract Builder setSubscriptionId(String value);

    public abstract Builder setCustomerId(String value);

    public abstract Builder setStatus(String value);

    public abstract Builder setProductKey(long value);

    public abstract Builder setPriceKey(long value);

    public abstract Builder setPlan(String value);

    public abstract Builder setQuantity(long value);

    public abstract Builder setCurrency(@Nullable String value);

    public abstract Builder setBillingInterval(@Nullable String value);

    public abstract Builder setCreatedAt(@Nullable Instant value);

    public abstract Builder setStartedAt(@Nullable Instant value);

    public abstract Builder setTrialStartedAt(@Nullable Instant value);

    public abstract Builder setTrialEndsAt(@Nullable Instant value);

    public abstract Builder setCurrentPeriodEndsAt(@Nullable Instant value);

    public abstract Builder setIsEnding(boolean value);

    public abstract Builder setCancelsAt(@Nullable Instant value);

    public abstract Builder setCanceledAt(@Nullable Instant value);

    public abstract Builder setEndedAt(@Nullable Instant value);

    public abstract Builder setCancellationReason(@Nullable String value);

    public abstract Builder setCancellationFeedback(@Nullable String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract SubscriptionMember build();
  }
}
