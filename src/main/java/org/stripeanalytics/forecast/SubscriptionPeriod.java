package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of {@code intermediate.subscription_spells} that predictions need. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SubscriptionPeriod {
  public abstract String getSubscriptionId();

  public abstract String getCustomerId();

  public abstract Instant getValidFrom();

  public abstract @Nullable Instant getValidTo();

  public abstract boolean getIsCounted();

  public abstract boolean getIsEnding();

  public abstract long getArrMinor();

  public abstract long getArrMinorList();

  public abstract List<PeriodItem> getItems();

  public abstract List<String> getDiscounts();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SubscriptionPeriod.Builder().setItems(List.of()).setDiscounts(List.of());
  }

  /** Builds a {@link SubscriptionPeriod}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSubscriptionId(String value);

    public abstract Builder setCustomerId(String value);

    public abstract Builder setValidFrom(Instant value);

    public abstract Builder setValidTo(@Nullable Instant value);

    public abstract Builder setIsCounted(boolean value);

    public abstract Builder setIsEnding(boolean value);

    public abstract Builder setArrMinor(long value);

    public abstract Builder setArrMinorList(long value);

    public abstract Builder setItems(List<PeriodItem> value);

    public abstract Builder setDiscounts(List<String> value);

    public abstract SubscriptionPeriod build();
  }
}
