package org.stripeanalytics.model.dimensions;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code dimensions.dim_price}: one row per price, as its newest version describes it, and
 * the unknown member.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PriceMember {
  public abstract long getPriceKey();

  public abstract String getPriceId();

  public abstract long getProductKey();

  public abstract @Nullable String getNickname();

  public abstract @Nullable String getCurrency();

  public abstract @Nullable Long getUnitAmountMinor();

  public abstract String getType();

  public abstract String getBillingScheme();

  public abstract @Nullable String getRecurringInterval();

  public abstract @Nullable Long getRecurringIntervalCount();

  public abstract @Nullable String getUsageType();

  public abstract boolean getIsActive();

  public abstract @Nullable Instant getCreatedAt();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_PriceMember.Builder();
  }

  /** Builds a {@link PriceMember}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setPriceKey(long value);

    public abstract Builder setPriceId(String value);

    public abstract Builder setProductKey(long value);

    public abstract Builder setNickname(@Nullable String value);

    public abstract Builder setCurrency(@Nullable String value);

    public abstract Builder setUnitAmountMinor(@Nullable Long value);

    public abstract Builder setType(String value);

    public abstract Builder setBillingScheme(String value);

    public abstract Builder setRecurringInterval(@Nullable String value);

    public abstract Builder setRecurringIntervalCount(@Nullable Long value);

    public abstract Builder setUsageType(@Nullable String value);

    public abstract Builder setIsActive(boolean value);

    public abstract Builder setCreatedAt(@Nullable Instant value);

    public abstract PriceMember build();
  }
}
