package org.stripeanalytics.model.raw;

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
 * A row of {@code raw.invoice_payments}: one row per Stripe invoice payment and day on which it
 * changed, as at the end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class InvoicePayment {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract String getInvoice();

  public abstract long getAmountRequested();

  public abstract @Nullable Long getAmountPaid();

  public abstract String getCurrency();

  public abstract boolean getIsDefault();

  public abstract InvoicePaymentSource getPayment();

  public abstract String getStatus();

  public abstract InvoicePaymentTransitions getStatusTransitions();

  public abstract boolean getLivemode();

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
    return new AutoValue_InvoicePayment.Builder();
  }

  /** Builds a {@link InvoicePayment}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setInvoice(String value);

    public abstract Builder setAmountRequested(long value);

    public abstract Builder setAmountPaid(@Nullable Long value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setIsDefault(boolean value);

    public abstract Builder setPayment(InvoicePaymentSource value);

    public abstract Builder setStatus(String value);

    public abstract Builder setStatusTransitions(InvoicePaymentTransitions value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract InvoicePayment build();
  }
}
