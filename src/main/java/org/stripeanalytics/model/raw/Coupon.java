package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code raw.coupons}: one row per Stripe coupon and day on which it changed, as at the
 * end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Coupon {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract @Nullable String getName();

  public abstract String getDuration();

  public abstract @Nullable Long getDurationInMonths();

  public abstract @Nullable BigDecimal getPercentOff();

  public abstract @Nullable Long getAmountOff();

  public abstract @Nullable String getCurrency();

  public abstract @Nullable Long getMaxRedemptions();

  public abstract @Nullable Instant getRedeemBy();

  public abstract long getTimesRedeemed();

  public abstract boolean getValid();

  public abstract @Nullable CouponAppliesTo getAppliesTo();

  public abstract boolean getLivemode();

  public abstract List<MetadataEntry> getMetadata();

  @SchemaFieldName("_snapshot_date")
  public abstract LocalDate getSnapshotDate();

  @SchemaFieldName("_changed_at")
  public abstract Instant getChangedAt();

  @SchemaFieldName("_source")
  public abstract String getSource();

  @SchemaFieldName("_payload")
  public abstract @Nullable String getPayload();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Coupon.Builder().setMetadata(List.of());
  }

  /** Builds a {@link Coupon}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setName(@Nullable String value);

    public abstract Builder setDuration(String value);

    public abstract Builder setDurationInMonths(@Nullable Long value);

    public abstract Builder setPercentOff(@Nullable BigDecimal value);

    public abstract Builder setAmountOff(@Nullable Long value);

    public abstract Builder setCurrency(@Nullable String value);

    public abstract Builder setMaxRedemptions(@Nullable Long value);

    public abstract Builder setRedeemBy(@Nullable Instant value);

    public abstract Builder setTimesRedeemed(long value);

    public abstract Builder setValid(boolean value);

    public abstract Builder setAppliesTo(@Nullable CouponAppliesTo value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract Coupon build();
  }
}
