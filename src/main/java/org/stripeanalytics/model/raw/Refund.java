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
 * A row of {@code raw.refunds}: one row per Stripe refund and day on which it changed, as at the
 * end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Refund {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract @Nullable String getCharge();

  public abstract @Nullable String getCustomer();

  public abstract @Nullable String getPaymentIntent();

  public abstract @Nullable String getPaymentMethod();

  public abstract long getAmount();

  public abstract String getCurrency();

  public abstract @Nullable String getStatus();

  public abstract @Nullable String getReason();

  public abstract @Nullable String getBalanceTransaction();

  public abstract @Nullable String getFailureBalanceTransaction();

  public abstract @Nullable String getFailureReason();

  public abstract @Nullable Boolean getLivemode();

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
    return new AutoValue_Refund.Builder().setMetadata(List.of());
  }

  /** Builds a {@link Refund}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setCharge(@Nullable String value);

    public abstract Builder setCustomer(@Nullable String value);

    public abstract Builder setPaymentIntent(@Nullable String value);

    public abstract Builder setPaymentMethod(@Nullable String value);

    public abstract Builder setAmount(long value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setStatus(@Nullable String value);

    public abstract Builder setReason(@Nullable String value);

    public abstract Builder setBalanceTransaction(@Nullable String value);

    public abstract Builder setFailureBalanceTransaction(@Nullable String value);

    public abstract Builder setFailureReason(@Nullable String value);

    public abstract Builder setLivemode(@Nullable Boolean value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract Refund build();
  }
}
