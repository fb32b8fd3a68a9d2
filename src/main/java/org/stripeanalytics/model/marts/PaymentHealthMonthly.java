package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code marts.payment_health_monthly}: how collecting invoices went, by the month of
 * their first attempt and segment, all their attempts counted there; a row for every month from the
 * segment value's first attempt on. Restated by every run.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PaymentHealthMonthly {
  public abstract LocalDate getMonth();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract long getInvoicesAttempted();

  public abstract BigDecimal getInvoiceVolume();

  public abstract long getFirstAttemptFailed();

  public abstract BigDecimal getFirstAttemptFailedVolume();

  public abstract @Nullable BigDecimal getFirstAttemptFailureRate();

  public abstract @Nullable BigDecimal getFirstAttemptFailureRateVolume();

  public abstract long getRecovered();

  public abstract BigDecimal getRecoveredVolume();

  public abstract long getInRecovery();

  public abstract @Nullable BigDecimal getRecoveryRate();

  public abstract @Nullable BigDecimal getRecoveryRateVolume();

  public abstract long getAttempts();

  public abstract long getAttemptsSucceeded();

  public abstract @Nullable BigDecimal getChargeSuccessRate();

  public abstract List<PaymentFailureCount> getPaymentFailuresByCode();

  public abstract BigDecimal getInvoluntaryChurnMrr();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_PaymentHealthMonthly.Builder().setPaymentFailuresByCode(List.of());
  }

  /** Builds a {@link PaymentHealthMonthly}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setInvoicesAttempted(long value);

    public abstract Builder setInvoiceVolume(BigDecimal value);

    public abstract Builder setFirstAttemptFailed(long value);

    public abstract Builder setFirstAttemptFailedVolume(BigDecimal value);

    public abstract Builder setFirstAttemptFailureRate(@Nullable BigDecimal value);

    public abstract Builder setFirstAttemptFailureRateVolume(@Nullable BigDecimal value);

    public abstract Builder setRecovered(long value);

    public abstract Builder setRecoveredVolume(BigDecimal value);

    public abstract Builder setInRecovery(long value);

    public abstract Builder setRecoveryRate(@Nullable BigDecimal value);

    public abstract Builder setRecoveryRateVolume(@Nullable BigDecimal value);

    public abstract Builder setAttempts(long value);

    public abstract Builder setAttemptsSucceeded(long value);

    public abstract Builder setChargeSuccessRate(@Nullable BigDecimal value);

    public abstract Builder setPaymentFailuresByCode(List<PaymentFailureCount> value);

    public abstract Builder setInvoluntaryChurnMrr(BigDecimal value);

    public abstract PaymentHealthMonthly build();
  }
}
