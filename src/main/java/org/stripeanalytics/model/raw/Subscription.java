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
 * A row of {@code raw.subscriptions}: one row per Stripe subscription and day on which it changed,
 * as at the end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Subscription {
  public abstract String getId();

  public abstract String getCustomer();

  public abstract Instant getCreated();

  public abstract Instant getStartDate();

  public abstract String getStatus();

  public abstract String getCurrency();

  public abstract String getCollectionMethod();

  public abstract Instant getBillingCycleAnchor();

  public abstract @Nullable Instant getCancelAt();

  public abstract boolean getCancelAtPeriodEnd();

  public abstract @Nullable Instant getCanceledAt();

  public abstract @Nullable CancellationDetails getCancellationDetails();

  public abstract @Nullable Instant getEndedAt();

  public abstract @Nullable Instant getTrialStart();

  public abstract @Nullable Instant getTrialEnd();

  public abstract @Nullable String getLatestInvoice();

  public abstract @Nullable String getDefaultPaymentMethod();

  public abstract List<String> getDiscounts();

  public abstract @Nullable PauseCollection getPauseCollection();

  public abstract List<SubscriptionItem> getItems();

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
    return new AutoValue_Subscription.Builder()
        .setDiscounts(List.of())
        .setItems(List.of())
        .setMetadata(List.of());
  }

  /** Builds a {@link Subscription}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCustomer(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setStartDate(Instant value);

    public abstract Builder setStatus(String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setCollectionMethod(String value);

    public abstract Builder setBillingCycleAnchor(Instant value);

    public abstract Builder setCancelAt(@Nullable Instant value);

    public abstract Builder setCancelAtPeriodEnd(boolean value);

    public abstract Builder setCanceledAt(@Nullable Instant value);

    public abstract Builder setCancellationDetails(@Nullable CancellationDetails value);

    public abstract Builder setEndedAt(@Nullable Instant value);

    public abstract Builder setTrialStart(@Nullable Instant value);

    public abstract Builder setTrialEnd(@Nullable Instant value);

    public abstract Builder setLatestInvoice(@Nullable String value);

    public abstract Builder setDefaultPaymentMethod(@Nullable String value);

    public abstract Builder setDiscounts(List<String> value);

    public abstract Builder setPauseCollection(@Nullable PauseCollection value);

    public abstract Builder setItems(List<SubscriptionItem> value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract Builder setMissingParts(@Nullable Long value);

    public abstract Subscription build();
  }
}
