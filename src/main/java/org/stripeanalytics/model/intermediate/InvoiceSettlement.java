package org.stripeanalytics.model.intermediate;

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
 * A row of {@code intermediate.invoice_settlements}: one row per finalised invoice: every attempt
 * to collect it, the outcome and whether a failed first attempt was recovered.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class InvoiceSettlement {
  public abstract String getInvoiceId();

  public abstract @Nullable String getCustomerId();

  public abstract @Nullable String getSubscriptionId();

  public abstract String getCurrency();

  public abstract String getStatus();

  public abstract long getAmountDueMinor();

  public abstract long getAmountDueReportingMinor();

  public abstract @Nullable Instant getFirstAttemptedAt();

  public abstract @Nullable String getFirstAttemptStatus();

  public abstract @Nullable Instant getLastAttemptedAt();

  public abstract long getAttempts();

  public abstract long getAttemptsSucceeded();

  public abstract long getAttemptsFailed();

  public abstract @Nullable Instant getPaidAt();

  public abstract @Nullable Instant getNextPaymentAttempt();

  public abstract boolean getIsRecovered();

  public abstract boolean getIsInRecovery();

  public abstract @Nullable Long getBilledArrMinor();

  public abstract @Nullable Long getSubscribedArrMinor();

  public abstract List<SettlementAttempt> getAttemptLog();

  public abstract String getCountry();

  public abstract String getRegion();

  public abstract String getChannel();

  public abstract String getInitialPlan();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_InvoiceSettlement.Builder().setAttemptLog(List.of());
  }

  /** Builds a {@link InvoiceSettlement}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setInvoiceId(String value);

    public abstract Builder setCustomerId(@Nullable String value);

    public abstract Builder setSubscriptionId(@Nullable String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setStatus(String value);

    public abstract Builder setAmountDueMinor(long value);

    public abstract Builder setAmountDueReportingMinor(long value);

    public abstract Builder setFirstAttemptedAt(@Nullable Instant value);

    public abstract Builder setFirstAttemptStatus(@Nullable String value);

    public abstract Builder setLastAttemptedAt(@Nullable Instant value);

    public abstract Builder setAttempts(long value);

    public abstract Builder setAttemptsSucceeded(long value);

    public abstract Builder setAttemptsFailed(long value);

    public abstract Builder setPaidAt(@Nullable Instant value);

    public abstract Builder setNextPaymentAttempt(@Nullable Instant value);

    public abstract Builder setIsRecovered(boolean value);

    public abstract Builder setIsInRecovery(boolean value);

    public abstract Builder setBilledArrMinor(@Nullable Long value);

    public abstract Builder setSubscribedArrMinor(@Nullable Long value);

    public abstract Builder setAttemptLog(List<SettlementAttempt> value);

    public abstract Builder setCountry(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setInitialPlan(String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract InvoiceSettlement build();
  }
}
