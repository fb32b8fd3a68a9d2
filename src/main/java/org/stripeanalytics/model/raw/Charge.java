package org.stripeanalytics.model.raw;

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
 * A row of {@code raw.charges}: one row per Stripe charge and day on which it changed, as at the
 * end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Charge {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract @Nullable String getCustomer();

  public abstract long getAmount();

  public abstract long getAmountCaptured();

  public abstract long getAmountRefunded();

  public abstract String getCurrency();

  public abstract String getStatus();

  public abstract boolean getPaid();

  public abstract boolean getCaptured();

  public abstract boolean getRefunded();

  public abstract boolean getDisputed();

  public abstract @Nullable String getBalanceTransaction();

  public abstract @Nullable String getPaymentIntent();

  public abstract @Nullable String getPaymentMethod();

  public abstract @Nullable String getDescription();

  public abstract @Nullable String getStatementDescriptor();

  public abstract @Nullable String getReceiptEmail();

  public abstract @Nullable String getFailureCode();

  public abstract @Nullable String getFailureMessage();

  public abstract @Nullable ChargeOutcome getOutcome();

  public abstract @Nullable ChargePaymentMethod getPaymentMethodDetails();

  public abstract BillingDetails getBillingDetails();

  public abstract boolean getLivemode();

  public abstract List<MetadataEntry> getMetadata();

  @SchemaFieldName("_snapshot_date")
  public abstract LocalDate getSnapshotDate();

  @SchemaFieldName("_changed_at")
  public abstract Instant getChangedAt();

  @SchemaFieldName("_source")
  public abstract String getSource();

  @SchemaFieldName("_payload")
  public abstract @Nullable String getPayload();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Charge.Builder().setMetadata(List.of());
  }

  /** Builds a {@link Charge}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setAmount(long value);

    public abstract Builder setAmountCaptured(long value);

    public abstract Builder setAmountRefunded(long value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setStatus(String value);

    public abstract Builder setPaid(boolean value);

    public abstract Builder setCaptured(boolean value);

    public abstract Builder setRefunded(boolean value);

    public abstract Builder setDisputed(boolean value);

    public abstract Builder setBalanceTransaction(@Nullable String value);

    public abstract Builder setPaymentIntent(@Nullable String value);

    public abstract Builder setPaymentMethod(@Nullable String value);

    public abstract Builder setDescription(@Nullable String value);

    public abstract Builder setStatementDescriptor(@Nullable String value);

    public abstract Builder setReceiptEmail(@Nullable String value);

    public abstract Builder setFailureCode(@Nullable String value);

    public abstract Builder setFailureMessage(@Nullable String value);

    public abstract Builder setOutcome(@Nullable ChargeOutcome value);

    public abstract Builder setPaymentMethodDetails(@Nullable ChargePaymentMethod value);

    public abstract Builder setBillingDetails(BillingDetails value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract Charge build();
  }
}
