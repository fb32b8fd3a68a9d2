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
 * A row of {@code marts.live_payments}: invoices and attempts to pay them in the month that is not
 * over yet.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class LivePayments {
  public abstract LocalDate getMonth();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract long getInvoicesAttempted();

  public abstract BigDecimal getInvoiceVolume();

  public abstract long getFirstAttemptFailed();

  public abstract BigDecimal getFirstAttemptFailedVolume();

  public abstract long getRecovered();

  public abstract BigDecimal getRecoveredVolume();

  public abstract long getInRecovery();

  public abstract long getAttempts();

  public abstract long getAttemptsSucceeded();

  public abstract @Nullable BigDecimal getChargeSuccessRate();

  public abstract BigDecimal getInvoluntaryChurnMrr();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_LivePayments.Builder();
  }

  /** Builds a {@link LivePayments}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setInvoicesAttempted(long value);

    public abstract Builder setInvoiceVolume(BigDecimal value);

    public abstract Builder setFirstAttemptFailed(long value);

    public abstract Builder setFirstAttemptFailedVolume(BigDecimal value);

    public abstract Builder setRecovered(long value);

    public abstract Builder setRecoveredVolume(BigDecimal value);

    public abstract Builder setInRecovery(long value);

    public abstract Builder setAttempts(long value);

    public abstract Builder setAttemptsSucceeded(long value);

    public abstract Builder setChargeSuccessRate(@Nullable BigDecimal value);

    public abstract Builder setInvoluntaryChurnMrr(BigDecimal value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract LivePayments build();
  }
}
