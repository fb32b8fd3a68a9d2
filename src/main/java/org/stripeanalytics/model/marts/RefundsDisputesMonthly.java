package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code marts.refunds_disputes_monthly}: refunds and disputes by month and segment, both
 * by when they happened (activity) and by the month of the charge they concern (cohort); a row for
 * every month from the segment value's first succeeded charge on. Refunds that did not succeed,
 * inquiries and prevented disputes are left out. Restated by every run.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class RefundsDisputesMonthly {
  public abstract LocalDate getMonth();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract long getChargesSucceeded();

  public abstract BigDecimal getChargeVolume();

  public abstract long getRefundedCharges();

  public abstract BigDecimal getRefundedVolume();

  public abstract long getCohortRefundedCharges();

  public abstract BigDecimal getCohortRefundedVolume();

  public abstract long getDisputedCharges();

  public abstract BigDecimal getDisputedVolume();

  public abstract long getCohortDisputedCharges();

  public abstract BigDecimal getCohortDisputedVolume();

  public abstract @Nullable BigDecimal getRefundRate();

  public abstract @Nullable BigDecimal getRefundRateVolume();

  public abstract @Nullable BigDecimal getCohortRefundRate();

  public abstract @Nullable BigDecimal getCohortRefundRateVolume();

  public abstract @Nullable BigDecimal getDisputeRate();

  public abstract @Nullable BigDecimal getDisputeRateVolume();

  public abstract @Nullable BigDecimal getCohortDisputeRate();

  public abstract @Nullable BigDecimal getCohortDisputeRateVolume();

  public abstract long getDisputesWon();

  public abstract long getDisputesLost();

  public abstract @Nullable BigDecimal getWinRate();

  public abstract boolean getIsProvisional();

  public abstract @Nullable Long getVisaDisputes();

  public abstract @Nullable Long getVisaCharges();

  public abstract @Nullable BigDecimal getVampRatio();

  public abstract @Nullable String getVampStatus();

  public abstract @Nullable Long getMastercardDisputes();

  public abstract @Nullable Long getMastercardChargesPreviousMonth();

  public abstract @Nullable BigDecimal getEcmRatio();

  public abstract @Nullable String getEcmStatus();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_RefundsDisputesMonthly.Builder();
  }

  /** Builds a {@link RefundsDisputesMonthly}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setChargesSucceeded(long value);

    public abstract Builder setChargeVolume(BigDecimal value);

    public abstract Builder setRefundedCharges(long value);

    public abstract Builder setRefundedVolume(BigDecimal value);

    public abstract Builder setCohortRefundedCharges(long value);

    public abstract Builder setCohortRefundedVolume(BigDecimal value);

    public abstract Builder setDisputedCharges(long value);

    public abstract Builder setDisputedVolume(BigDecimal value);

    public abstract Builder setCohortDisputedCharges(long value);

    public abstract Builder setCohortDisputedVolume(BigDecimal value);

    public abstract Builder setRefundRate(@Nullable BigDecimal value);

    public abstract Builder setRefundRateVolume(@Nullable BigDecimal value);

    public abstract Builder setCohortRefundRate(@Nullable BigDecimal value);

    public abstract Builder setCohortRefundRateVolume(@Nullable BigDecimal value);

    public abstract Builder setDisputeRate(@Nullable BigDecimal value);

    public abstract Builder setDisputeRateVolume(@Nullable BigDecimal value);

    public abstract Builder setCohortDisputeRate(@Nullable BigDecimal value);

    public abstract Builder setCohortDisputeRateVolume(@Nullable BigDecimal value);

    public abstract Builder setDisputesWon(long value);

    public abstract Builder setDisputesLost(long value);

    public abstract Builder setWinRate(@Nullable BigDecimal value);

    public abstract Builder setIsProvisional(boolean value);

    public abstract Builder setVisaDisputes(@Nullable Long value);

    public abstract Builder setVisaCharges(@Nullable Long value);

    public abstract Builder setVampRatio(@Nullable BigDecimal value);

    public abstract Builder setVampStatus(@Nullable String value);

    public abstract Builder setMastercardDisputes(@Nullable Long value);

    public abstract Builder setMastercardChargesPreviousMonth(@Nullable Long value);

    public abstract Builder setEcmRatio(@Nullable BigDecimal value);

    public abstract Builder setEcmStatus(@Nullable String value);

    public abstract RefundsDisputesMonthly build();
  }
}
