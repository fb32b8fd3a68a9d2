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
 * A row of {@code raw.invoices}: one row per Stripe invoice and day on which it changed, as at the
 * end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Invoice {
  public abstract String getId();

  public abstract @Nullable String getCustomer();

  public abstract Instant getCreated();

  public abstract @Nullable String getNumber();

  public abstract @Nullable String getStatus();

  public abstract @Nullable String getBillingReason();

  public abstract String getCollectionMethod();

  public abstract String getCurrency();

  public abstract long getSubtotal();

  public abstract long getTotal();

  public abstract long getAmountDue();

  public abstract long getAmountPaid();

  public abstract long getAmountRemaining();

  public abstract long getAmountOverpaid();

  public abstract long getStartingBalance();

  public abstract @Nullable Long getEndingBalance();

  public abstract long getAttemptCount();

  public abstract boolean getAttempted();

  public abstract @Nullable Boolean getPaidOutOfBand();

  public abstract @Nullable Boolean getAutoAdvance();

  public abstract @Nullable Instant getAutomaticallyFinalizesAt();

  public abstract @Nullable Instant getNextPaymentAttempt();

  public abstract @Nullable Instant getDueDate();

  public abstract @Nullable Instant getEffectiveAt();

  public abstract Instant getPeriodStart();

  public abstract Instant getPeriodEnd();

  public abstract @Nullable String getDefaultPaymentMethod();

  public abstract @Nullable String getCustomerEmail();

  public abstract @Nullable String getCustomerName();

  public abstract @Nullable InvoiceParent getParent();

  public abstract StatusTransitions getStatusTransitions();

  public abstract List<InvoiceLine> getLines();

  public abstract List<String> getDiscounts();

  public abstract List<DiscountAmount> getTotalDiscountAmounts();

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

  @SchemaFieldName("_missing_parts")
  public abstract @Nullable Long getMissingParts();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Invoice.Builder()
        .setLines(List.of())
        .setDiscounts(List.of())
        .setTotalDiscountAmounts(List.of())
        .setMetadata(List.of());
  }

  /** Builds a {@link Invoice}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setNumber(@Nullable String value);

    public abstract Builder setStatus(@Nullable String value);

    public abstract Builder setBillingReason(@Nullable String value);

    public abstract Builder setCollectionMethod(String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setSubtotal(long value);

    public abstract Builder setTotal(long value);

    public abstract Builder setAmountDue(long value);

    public abstract Builder setAmountPaid(long value);

    public abstract Builder setAmountRemaining(long value);

    public abstract Builder setAmountOverpaid(long value);

    public abstract Builder setStartingBalance(long value);

    public abstract Builder setEndingBalance(@Nullable Long value);

    public abstract Builder setAttemptCount(long value);

    public abstract Builder setAttempted(boolean value);

    public abstract Builder setPaidOutOfBand(@Nullable Boolean value);

    public abstract Builder setAutoAdvance(@Nullable Boolean value);

    public abstract Builder setAutomaticallyFinalizesAt(@Nullable Instant value);

    public abstract Builder setNextPaymentAttempt(@Nullable Instant value);

    public abstract Builder setDueDate(@Nullable Instant value);

    public abstract Builder setEffectiveAt(@Nullable Instant value);

    public abstract Builder setPeriodStart(Instant value);

    public abstract Builder setPeriodEnd(Instant value);

    public abstract Builder setDefaultPaymentMethod(@Nullable String value);

    public abstract Builder setCustomerEmail(@Nullable String value);

    public abstract Builder setCustomerName(@Nullable String value);

    public abstract Builder setParent(@Nullable InvoiceParent value);

    public abstract Builder setStatusTransitions(StatusTransitions value);

    public abstract Builder setLines(List<InvoiceLine> value);

    public abstract Builder setDiscounts(List<String> value);

    public abstract Builder setTotalDiscountAmounts(List<DiscountAmount> value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract Builder setMissingParts(@Nullable Long value);

    public abstract Invoice build();
  }
}
