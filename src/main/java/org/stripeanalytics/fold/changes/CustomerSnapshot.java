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
import org.stripeanalytics.model.raw.Address;
import org.stripeanalytics.model.raw.MetadataEntry;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The columns of {@code raw.customers} that the fold reads: one end-of-day version of a customer.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CustomerSnapshot implements Version {
  @Override
  public abstract String getId();

  @Override
  public abstract Instant getCreated();

  public abstract @Nullable String getName();

  public abstract @Nullable String getEmail();

  public abstract @Nullable Address getAddress();

  public abstract @Nullable Boolean getDelinquent();

  public abstract @Nullable Boolean getDeleted();

  public abstract @Nullable String getDefaultPaymentMethod();

  public abstract @Nullable String getDiscount();

  public abstract List<MetadataEntry> getMetadata();

  public abstract boolean getLivemode();

  @SchemaFieldName("_changed_at")
  @Override
  public abstract Instant getChangedAt();

  @SchemaFieldName("_snapshot_date")
  @Override
  public abstract LocalDate getSnapshotDate();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CustomerSnapshot.Builder().setMetadata(List.of());
  }

  /** Builds a {@link CustomerSnapshot}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setName(@Nullable String value);

    public abstract Builder setEmail(@Nullable String value);

    public abstract Builder setAddress(@Nullable Address value);

    public abstract Builder setDelinquent(@Nullable Boolean value);

    public abstract Builder setDeleted(@Nullable Boolean value);

    public abstract Builder setDefaultPaymentMethod(@Nullable String value);

    public abstract Builder setDiscount(@Nullable String value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract CustomerSnapshot build();
  }
}
