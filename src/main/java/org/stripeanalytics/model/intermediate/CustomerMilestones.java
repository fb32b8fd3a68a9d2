package org.stripeanalytics.model.intermediate;

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
 * A row of {@code intermediate.customer_milestones}: one row per customer: signup, trial, first
 * payment and whether it still had MRR 30, 90 and 365 days later.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CustomerMilestones {
  public abstract String getCustomerId();

  public abstract LocalDate getSignedUpOn();

  public abstract @Nullable Instant getTrialStartedAt();

  public abstract @Nullable Instant getTrialEndedAt();

  public abstract @Nullable Instant getFirstPaidAt();

  public abstract @Nullable LocalDate getFirstMrrOn();

  @SchemaFieldName("is_retained_30d")
  public abstract @Nullable Boolean getIsRetained30d();

  @SchemaFieldName("is_retained_90d")
  public abstract @Nullable Boolean getIsRetained90d();

  @SchemaFieldName("is_retained_365d")
  public abstract @Nullable Boolean getIsRetained365d();

  public abstract String getCountry();

  public abstract String getRegion();

  public abstract String getChannel();

  public abstract String getInitialPlan();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CustomerMilestones.Builder();
  }

  /** Builds a {@link CustomerMilestones}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerId(String value);

    public abstract Builder setSignedUpOn(LocalDate value);

    public abstract Builder setTrialStartedAt(@Nullable Instant value);

    public abstract Builder setTrialEndedAt(@Nullable Instant value);

    public abstract Builder setFirstPaidAt(@Nullable Instant value);

    public abstract Builder setFirstMrrOn(@Nullable LocalDate value);

    public abstract Builder setIsRetained30d(@Nullable Boolean value);

    public abstract Builder setIsRetained90d(@Nullable Boolean value);

    public abstract Builder setIsRetained365d(@Nullable Boolean value);

    public abstract Builder setCountry(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setInitialPlan(String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract CustomerMilestones build();
  }
}
