package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The columns of {@code raw.invoice_payments} that the fold reads: one end-of-day version of what
 * links an invoice to a payment.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class InvoicePaymentSnapshot implements Version {
  @Override
  public abstract String getId();

  @Override
  public abstract Instant getCreated();

  public abstract String getInvoice();

  public abstract PaymentLink getPayment();

  public abstract boolean getLivemode();

  @SchemaFieldName("_changed_at")
  @Override
  public abstract Instant getChangedAt();

  @SchemaFieldName("_snapshot_date")
  @Override
  public abstract LocalDate getSnapshotDate();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_InvoicePaymentSnapshot.Builder();
  }

  /** Builds a {@link InvoicePaymentSnapshot}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setInvoice(String value);

    public abstract Builder setPayment(PaymentLink value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract InvoicePaymentSnapshot build();
  }
}
