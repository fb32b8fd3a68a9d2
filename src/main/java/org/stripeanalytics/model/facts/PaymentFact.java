package org.stripeanalytics.model.facts;

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
 * A row of {@code facts.fct_payments}: one row per charge: one attempt to be paid, with its
 * outcome.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PaymentFact {
  public abstract String getChargeId();

  public abstract long getCustomerKey();

  public abstract @Nullable String getCustomerId();

  public abstract long getSubscriptionKey();

  public abstract @Nullable String getSubscriptionId();

  public abstract @Nullable String getInvoiceId();

  public abstract @Nullable String getPaymentIntent();

  public abstract LocalDate getDay();

  public abstract Instant getCreatedAt();

  public abstract String getStatus();

  public abstract @Nullable String getFailureCode();

  public abstract String getNetwork();

  public abstract long getAttemptNumber();

  public abstract boolean getIsFirstAttempt();

  public abstract String getCurrency();

  public abstract long getAmountMinor();

  public abstract long getAmountReportingMinor();

  public abstract String getCountry();

  public abstract String getRegion();

  public abstract String getChannel();

  public abstract String getInitialPlan();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_PaymentFact.Builder();
  }

  /** Builds a {@link PaymentFact}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setChargeId(String value);

    public abstract Builder setCustomerKey(long value);

    public abstract Builder setCustomerId(@Nullable String value);

    public abstract Builder setSubscriptionKey(long value);

    public abstract Builder setSubscriptionId(@Nullable String value);

    public abstract Builder setInvoiceId(@Nullable String value);

    public abstract Builder setPaymentIntent(@Nullable String value);

    public abstract Builder setDay(LocalDate value);

    public abstract Builder setCreatedAt(Instant value);

    public abstract Builder setStatus(String value);

    public abstract Builder setFailureCode(@Nullable String value);

    public abstract Builder setNetwork(String value);

    public abstract Builder setAttemptNumber(long value);

    public abstract Builder setIsFirstAttempt(boolean value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setAmountMinor(long value);

    public abstract Builder setAmountReportingMinor(long value);

    public abstract Builder setCountry(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setInitialPlan(String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract PaymentFact build();
  }
}
