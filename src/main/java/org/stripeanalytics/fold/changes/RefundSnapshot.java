package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of {@code raw.refunds} that the fold reads: one end-of-day version of a refund. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class RefundSnapshot implements Version {
  @Override
  public abstract String getId();

  public abstract @Nullable String getCharge();

  public abstract @Nullable String getPaymentIntent();

  public abstract @Nullable String getCustomer();

  @Override
  public abstract Instant getCreated();

  public abstract long getAmount();

  public abstract String getCurrency();

  public abstract @Nullable String getStatus();

  public abstract @Nullable String getReason();

  public abstract @Nullable String getFailureReason();

  public abstract @Nullable Boolean getLivemode();

  @SchemaFieldName("_changed_at")
  @Override
  public abstract Instant getChangedAt();

  @SchemaFieldName("_snapshot_date")
  @Override
  public abstract LocalDate getSnapshotDate();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_RefundSnapshot.Builder();
  }

  /** Builds a {@link RefundSnapshot}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCharge(@Nullable String value);

    public abstract Builder setPaymentIntent(@Nullable String value);

    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setAmount(long value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setStatus(@Nullable String value);

    public abstract Builder setReason(@Nullable String value);

    public abstract Builder setFailureReason(@Nullable String value);

    public abstract Builder setLivemode(@Nullable Boolean value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract RefundSnapshot build();
  }
}
