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

/** A row of {@code facts.fct_invoices}: one row per invoice, as its newest version says. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class InvoiceFact {
  public abstract String getInvoiceId();

  public abstract long getCustomerKey();

  public abstract @Nullable String getCustomerId();

  public abstract long getSubscriptionKey();

  public abstract @Nullable String getSubscriptionId();

  public abstract LocalDate getDay();

  public abstract Instant getCreatedAt();

  public abstract @Nullable Instant getFinalizedAt();

  public abstract @Nullable Instant getPaidAt();

  public abstract String getStatus();

  public abstract @Nullable String getBillingReason();

  public abstract String getCollectionMethod();

  public abstract String getCurrency();

  public abstract long getSubtotalMinor();

  public abstract long getTotalMinor();

  public abstract long getDiscountMinor();

  public abstract long getAmountDueMinor();

  public abstract long getAmountPaidMinor();

  public abstract long getAmountRemainingMinor();

  public abstract long getTotalReportingMinor();

  public abstract long getAmountDueReportingMinor();

  public abstract long getAmountPaidReportingMinor();

  public abstract long getAttemptCount();

  public abstract String getCountry();

  public abstract String getRegion();

  public abstract String getChannel();

  public abstract String getInitialPlan();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_InvoiceFact.Builder();
  }

  /** Builds a {@link InvoiceFact}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setInvoiceId(String value);

    public abstract Builder setCustomerKey(long value);

    public abstract Builder setCustomerId(@Nullable String value);

    public abstract Builder setSubscriptionKey(long value);

    public abstract Builder setSubscriptionId(@Nullable String value);

    public abstract Builder setDay(LocalDate value);

    public abstract Builder setCreatedAt(Instant value);

    public abstract Builder setFinalizedAt(@Nullable Instant value);

    public abstract Builder setPaidAt(@Nullable Instant value);

    public abstract Builder setStatus(String value);

    public abstract Builder setBillingReason(@Nullable String value);

    public abstract Builder setCollectionMethod(String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setSubtotalMinor(long value);

    public abstract Builder setTotalMinor(long value);

    public abstract Builder setDiscountMinor(long value);

    public abstract Builder setAmountDueMinor(long value);

    public abstract Builder setAmountPaidMinor(long value);

    public abstract Builder setAmountRemainingMinor(long value);

    public abstract Builder setTotalReportingMinor(long value);

    public abstract Builder setAmountDueReportingMinor(long value);

    public abstract Builder setAmountPaidReportingMinor(long value);

    public abstract Builder setAttemptCount(long value);

    public abstract Builder setCountry(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setInitialPlan(String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract InvoiceFact build();
  }
}
