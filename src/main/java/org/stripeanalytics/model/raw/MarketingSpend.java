package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code raw.marketing_spend}: one row per day, channel and region for which money was
 * spent on acquiring customers.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class MarketingSpend {
  public abstract LocalDate getDay();

  public abstract String getChannel();

  public abstract String getRegion();

  public abstract long getAmount();

  public abstract String getCurrency();

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
    return new AutoValue_MarketingSpend.Builder();
  }

  /** Builds a {@link MarketingSpend}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setDay(LocalDate value);

    public abstract Builder setChannel(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setAmount(long value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract MarketingSpend build();
  }
}
