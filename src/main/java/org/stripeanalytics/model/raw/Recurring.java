package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The record {@code recurring} of {@link ItemPrice}: how often the price recurs; null for one-time
 * prices.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Recurring implements Serializable {
  public abstract String getInterval();

  public abstract long getIntervalCount();

  public abstract String getUsageType();

  public abstract @Nullable Long getTrialPeriodDays();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Recurring.Builder();
  }

  /** Builds a {@link Recurring}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setInterval(String value);

    public abstract Builder setIntervalCount(long value);

    public abstract Builder setUsageType(String value);

    public abstract Builder setTrialPeriodDays(@Nullable Long value);

    public abstract Recurring build();
  }
}
