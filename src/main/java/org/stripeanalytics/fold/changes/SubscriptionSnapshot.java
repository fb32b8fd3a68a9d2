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
import org.stripeanalytics.model.raw.CancellationDetails;
import org.stripeanalytics.model.raw.PauseCollection;
import org.stripeanalytics.model.raw.SubscriptionItem;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The columns of {@code raw.subscriptions} that the fold reads: one end-of-day version of a
 * subscription.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SubscriptionSnapshot implements Version {
  @Override
  public abstract String getId();

  public abstract String getCustomer();

  @Override
  public abstract Instant getCreated();

  public abstract Instant getStartDate();

  public abstract String getStatus();

  public abstract String getCurrency();

  public abstract @Nullable Instant getCancelAt();

  public abstract boolean getCancelAtPeriodEnd();

  public abstract @Nullable Instant getCanceledAt();

  public abstract @Nullable CancellationDetails getCancellationDetails();

  public abstract @Nullable Instant getEndedAt();

  public abstract @Nullable Instant getTrialStart();

  public abstract @Nullable Instant getTrialEnd();

  public abstract List<String> getDiscounts();

  public abstract @Nullable PauseCollection getPauseCollection();

  public abstract List<SubscriptionItem> getItems();

  public abstract boolean getLivemode();

  @SchemaFieldName("_changed_at")
  @Override
  public abstract Instant getChangedAt();

  @SchemaFieldName("_snapshot_date")
  @Override
  public abstract LocalDate getSnapshotDate();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SubscriptionSnapshot.Builder().setDiscounts(List.of()).setItems(List.of());
  }

  /** Builds a {@link SubscriptionSnapshot}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCustomer(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setStartDate(Instant value);

    public abstract Builder setStatus(String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setCancelAt(@Nullable Instant value);

    public abstract Builder setCancelAtPeriodEnd(boolean value);

    public abstract Builder setCanceledAt(@Nullable Instant value);

    public abstract Builder setCancellationDetails(@Nullable CancellationDetails value);

    public abstract Builder setEndedAt(@Nullable Instant value);

    public abstract Builder setTrialStart(@Nullable Instant value);

    public abstract Builder setTrialEnd(@Nullable Instant value);

    public abstract Builder setDiscounts(List<String> value);

    public abstract Builder setPauseCollection(@Nullable PauseCollection value);

    public abstract Builder setItems(List<SubscriptionItem> value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract SubscriptionSnapshot build();
  }
}
