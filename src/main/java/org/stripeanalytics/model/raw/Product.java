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
 * A row of {@code raw.products}: one row per Stripe product and day on which it changed, as at the
 * end of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Product {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract Instant getUpdated();

  public abstract boolean getActive();

  public abstract String getName();

  public abstract @Nullable String getDescription();

  public abstract String getType();

  public abstract @Nullable String getUnitLabel();

  public abstract @Nullable String getStatementDescriptor();

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
    return new AutoValue_Product.Builder().setMetadata(List.of());
  }

  /** Builds a {@link Product}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setUpdated(Instant value);

    public abstract Builder setActive(boolean value);

    public abstract Builder setName(String value);

    public abstract Builder setDescription(@Nullable String value);

    public abstract Builder setType(String value);

    public abstract Builder setUnitLabel(@Nullable String value);

    public abstract Builder setStatementDescriptor(@Nullable String value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract Product build();
  }
}
