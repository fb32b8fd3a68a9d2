package org.stripeanalytics.model.staging;

import com.google.auto.value.AutoValue;
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
 * A row of {@code staging.stg_subscription_items}: one row per item of the newest version of each
 * subscription.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class StagedSubscriptionItem {
  public abstract String getItemId();

  public abstract String getSubscriptionId();

  public abstract String getCustomerId();

  public abstract long getPosition();

  public abstract Instant getCreated();

  public abstract @Nullable Long getQuantity();

  public abstract Instant getCurrentPeriodStart();

  public abstract Instant getCurrentPeriodEnd();

  public abstract String getPriceId();

  public abstract String getProductId();

  public abstract String getCurrency();

  public abstract @Nullable Long getUnitAmount();

  public abstract @Nullable String getRecurringInterval();

  public abstract @Nullable Long getRecurringIntervalCount();

  public abstract @Nullable String getUsageType();

  public abstract List<String> getDiscounts();

  @SchemaFieldName("_snapshot_date")
  public abstract LocalDate getSnapshotDate();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_StagedSubscriptionItem.Builder().setDiscounts(List.of());
  }

  /** Builds a {@link StagedSubscriptionItem}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setItemId(String value);

    public abstract Builder setSubscriptionId(String value);

    public abstract Builder setCustomerId(String value);

    public abstract Builder setPosition(long value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setQuantity(@Nullable Long value);

    public abstract Builder setCurrentPeriodStart(Instant value);

    public abstract Builder setCurrentPeriodEnd(Instant value);

    public abstract Builder setPriceId(String value);

    public abstract Builder setProductId(String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setUnitAmount(@Nullable Long value);

    public abstract Builder setRecurringInterval(@Nullable String value);

    public abstract Builder setRecurringIntervalCount(@Nullable Long value);

    public abstract Builder setUsageType(@Nullable String value);

    public abstract Builder setDiscounts(List<String> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract StagedSubscriptionItem build();
  }
}
