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
 * A row of {@code marts.live_funnel}: signups and what became of them in the month that is not over
 * yet.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class LiveFunnel {
  public abstract LocalDate getMonth();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract long getSignups();

  public abstract long getTrialsStarted();

  public abstract long getTrialsConverted();

  public abstract long getPaidWithoutTrial();

  public abstract long getPaid();

  public abstract @Nullable BigDecimal getTrialConversionRate();

  public abstract @Nullable BigDecimal getSignupToPaidRate();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_LiveFunnel.Builder();
  }

  /** Builds a {@link LiveFunnel}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setSignups(long value);

    public abstract Builder setTrialsStarted(long value);

    public abstract Builder setTrialsConverted(long value);

    public abstract Builder setPaidWithoutTrial(long value);

    public abstract Builder setPaid(long value);

    public abstract Builder setTrialConversionRate(@Nullable BigDecimal value);

    public abstract Builder setSignupToPaidRate(@Nullable BigDecimal value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract LiveFunnel build();
  }
}
