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

/** A row of {@code facts.fct_refunds}: one row per refund, as its newest version says. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class RefundFact {
  public abstract String getRefundId();

  public abstract long getCustomerKey();

  public abstract @Nullable String getCustomerId();

  public abstract long getSubscriptionKey();

  public abstract @Nullable String getSubscriptionId();

  public abstract @Nullable String getChargeId();

  public abstract @Nullable LocalDate getChargeDay();

  public abstract String getNetwork();

  public abstract @Nullable String getInvoiceId();

  public abstract LocalDate getDay();

  public abstract Instant getCreatedAt();

  public abstract String getStatus();

  public abstract @Nullable String getReason();

  public abstract boolean getIsRelease();

  public abstract @Nullable String getFailureReason();

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
    return new AutoValue_RefundFact.Builder();
  }

  /** Builds a {@link RefundFact}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setRefundId(String value);

    public abstract Builder setCustomerKey(long value);

    public abstract Builder setCustomerId(@Nullable String value);

    public abstract Builder setSubscriptionKey(long value);

    public abstract Builder setSubscriptionId(@Nullable String value);

    public abstract Builder setChargeId(@Nullable String value);

    public abstract Builder setChargeDay(@Nullable LocalDate value);

    public abstract Builder setNetwork(String value);

    public abstract Builder setInvoiceId(@Nullable String value);

    public abstract Builder setDay(LocalDate value);

    public abstract Builder setCreatedAt(Instant value);

    public abstract Builder setStatus(String value);

    public abstract Builder setReason(@Nullable String value);

    public abstract Builder setIsRelease(boolean value);

    public abstract Builder setFailureReason(@Nullable String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setAmountMinor(long value);

    public abstract Builder setAmountReportingMinor(long value);

    public abstract Builder setCountry(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setInitialPlan(String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract RefundFact build();
  }
}
