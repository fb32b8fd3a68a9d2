package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code marts.trial_funnel}: from signup over trial to payment, by the month of the
 * signup and segment, whenever the stages happened; a row for every month from the segment value's
 * first signup on. Restated by every run.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class TrialFunnel {
  public abstract LocalDate getSignupMonth();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract long getSignups();

  public abstract long getTrialsStarted();

  public abstract long getTrialsConverted();

  public abstract long getPaidWithoutTrial();

  public abstract long getPaid();

  @SchemaFieldName("retained_30d")
  public abstract @Nullable Long getRetained30d();

  @SchemaFieldName("retained_90d")
  public abstract @Nullable Long getRetained90d();

  @SchemaFieldName("retained_365d")
  public abstract @Nullable Long getRetained365d();

  @SchemaFieldName("retained_30d_rate")
  public abstract @Nullable BigDecimal getRetained30dRate();

  @SchemaFieldName("retained_90d_rate")
  public abstract @Nullable BigDecimal getRetained90dRate();

  @SchemaFieldName("retained_365d_rate")
  public abstract @Nullable BigDecimal getRetained365dRate();

  public abstract @Nullable BigDecimal getTrialConversionRate();

  public abstract @Nullable BigDecimal getSignupToPaidRate();

  public abstract boolean getIsMature();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_TrialFunnel.Builder();
  }

  /** Builds a {@link TrialFunnel}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSignupMonth(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setSignups(long value);

    public abstract Builder setTrialsStarted(long value);

    public abstract Builder setTrialsConverted(long value);

    public abstract Builder setPaidWithoutTrial(long value);

    public abstract Builder setPaid(long value);

    public abstract Builder setRetained30d(@Nullable Long value);

    public abstract Builder setRetained90d(@Nullable Long value);

    public abstract Builder setRetained365d(@Nullable Long value);

    public abstract Builder setRetained30dRate(@Nullable BigDecimal value);

    public abstract Builder setRetained90dRate(@Nullable BigDecimal value);

    public abstract Builder setRetained365dRate(@Nullable BigDecimal value);

    public abstract Builder setTrialConversionRate(@Nullable BigDecimal value);

    public abstract Builder setSignupToPaidRate(@Nullable BigDecimal value);

    public abstract Builder setIsMature(boolean value);

    public abstract TrialFunnel build();
  }
}
