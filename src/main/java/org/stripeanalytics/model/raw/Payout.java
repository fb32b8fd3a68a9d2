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
 * A row of {@code raw.payouts}: one row per Stripe payout and day on which it changed, as at the
 * end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Payout {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract long getAmount();

  public abstract Instant getArrivalDate();

  public abstract boolean getAutomatic();

  public abstract @Nullable String getBalanceTransaction();

  public abstract String getCurrency();

  public abstract @Nullable String getDescription();

  public abstract @Nullable String getDestination();

  public abstract @Nullable String getFailureCode();

  public abstract String getMethod();

  public abstract String getReconciliationStatus();

  public abstract String getSourceType();

  public abstract @Nullable String getStatementDescriptor();

  public abstract String getStatus();

  public abstract String getType();

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
    return new AutoValue_Payout.Builder().setMetadata(List.of());
  }

  /** Builds a {@link Payout}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setAmount(long value);

    public abstract Builder setArrivalDate(Instant value);

    public abstract Builder setAutomatic(boolean value);

    public abstract Builder setBalanceTransaction(@Nullable String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setDescription(@Nullable String value);

    public abstract Builder setDestination(@Nullable String value);

    public abstract Builder setFailureCode(@Nullable String value);

    public abstract Builder setMethod(String value);

    public abstract Builder setReconciliationStatus(String value);

    public abstract Builder setSourceType(String value);

    public abstract Builder setStatementDescriptor(@Nullable String value);

    public abstract Builder setStatus(String value);

    public abstract Builder setType(String value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract Payout build();
  }
}
