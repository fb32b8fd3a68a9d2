package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.DiscountAmount;
import org.stripeanalytics.model.raw.InvoiceParent;
import org.stripeanalytics.model.raw.StatusTransitions;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The columns of {@code raw.invoices} that the fold reads: one end-of-day version of an invoice.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class InvoiceSnapshot implements Version {
  @Override
  public abstract String getId();

  public abstract @Nullable String getCustomer();

  @Override
  public abstract Instant getCreated();

  public abstract @Nullable String getStatus();

  public abstract @Nullable String getBillingReason();

  public abstract String getCollectionMethod();

  public abstract String getCurrency();

  public abstract long getSubtotal();

  public abstract long getTotal();

  public abstract long getAmountDue();

  public abstract long getAmountPaid();

  public abstract long getAmountRemaining();

  public abstract long getAttemptCount();

  public abstract @Nullable Boolean getPaidOutOfBand();

  public abstract @Nullable Instant getNextPaymentAttempt();

  public abstract @Nullable InvoiceParent getParent();

  public abstract StatusTransitions getStatusTransitions();

  public abstract List<DiscountAmount> getTotalDiscountAmounts();

  public abstract List<BilledLine> getLines();

  public abstract boolean getLivemode();

  @SchemaFieldName("_changed_at")
  @Override
  public abstract Instant getChangedAt();

  @SchemaFieldName("_snapshot_date")
  @Override
  public abstract LocalDate getSnapshotDate();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_InvoiceSnapshot.Builder()
        .setTotalDiscountAmounts(List.of())
        .setLines(List.of());
  }

  /** Builds a {@link InvoiceSnapshot}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setStatus(@Nullable String value);

    public abstract Builder setBillingReason(@Nullable String value);

    public abstract Builder setCollectionMethod(String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setSubtotal(long value);

    public abstract Builder setTotal(long value);

    public abstract Builder setAmountDue(long value);

    public abstract Builder setAmountPaid(long value);

    public abstract Builder setAmountRemaining(long value);

    public abstract Builder setAttemptCount(long value);

    public abstract Builder setPaidOutOfBand(@Nullable Boolean value);

    public abstract Builder setNextPaymentAttempt(@Nullable Instant value);

    public abstract Builder setParent(@Nullable InvoiceParent value);

    public abstract Builder setStatusTransitions(StatusTransitions value);

    public abstract Builder setTotalDiscountAmounts(List<DiscountAmount> value);

    public abstract Builder setLines(List<BilledLine> value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract InvoiceSnapshot build();
  }
}
