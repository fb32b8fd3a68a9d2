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
 * A row of {@code raw.payment_intents}: one row per Stripe payment intent and day on which it
 * changed, as at the end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PaymentIntent {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract @Nullable String getCustomer();

  public abstract long getAmount();

  public abstract long getAmountCapturable();

  public abstract long getAmountReceived();

  public abstract String getCurrency();

  public abstract String getStatus();

  public abstract String getCaptureMethod();

  public abstract String getConfirmationMethod();

  public abstract @Nullable String getDescription();

  public abstract @Nullable String getLatestCharge();

  public abstract @Nullable String getPaymentMethod();

  public abstract List<String> getPaymentMethodTypes();

  public abstract @Nullable String getSetupFutureUsage();

  public abstract @Nullable Instant getCanceledAt();

  public abstract @Nullable String getCancellationReason();

  public abstract @Nullable PaymentError getLastPaymentError();

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
    return new AutoValue_PaymentIntent.Builder()
        .setPaymentMethodTypes(List.of())
        .setMetadata(List.of());
  }

  /** Builds a {@link PaymentIntent}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setAmount(long value);

    public abstract Builder setAmountCapturable(long value);

    public abstract Builder setAmountReceived(long value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setStatus(String value);

    public abstract Builder setCaptureMethod(String value);

    public abstract Builder setConfirmationMethod(String value);

    public abstract Builder setDescription(@Nullable String value);

    public abstract Builder setLatestCharge(@Nullable String value);

    public abstract Builder setPaymentMethod(@Nullable String value);

    public abstract Builder setPaymentMethodTypes(List<String> value);

    public abstract Builder setSetupFutureUsage(@Nullable String value);

    public abstract Builder setCanceledAt(@Nullable Instant value);

    public abstract Builder setCancellationReason(@Nullable String value);

    public abstract Builder setLastPaymentError(@Nullable PaymentError value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract PaymentIntent build();
  }
}
