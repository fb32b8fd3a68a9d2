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
 * A row of {@code raw.prices}: one row per Stripe price and day on which it changed, as at the end
 * of that day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Price {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract boolean getActive();

  public abstract String getCurrency();

  public abstract String getProduct();

  public abstract String getType();

  public abstract String getBillingScheme();

  public abstract @Nullable Long getUnitAmount();

  public abstract @Nullable String getUnitAmountDecimal();

  public abstract @Nullable String getNickname();

  public abstract @Nullable String getLookupKey();

  public abstract @Nullable String getTaxBehavior();

  public abstract @Nullable Recurring getRecurring();

  public abstract @Nullable TransformQuantity getTransformQuantity();

  public abstract @Nullable String getTiersMode();

  public abstract List<PriceTier> getTiers();

  public abstract List<CurrencyOption> getCurrencyOptions();

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
    return new AutoValue_Price.Builder()
        .setMetadata(List.of())
        .setTiers(List.of())
        .setCurrencyOptions(List.of());
  }

  /** Builds a {@link Price}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setActive(boolean value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setProduct(String value);

    public abstract Builder setType(String value);

    public abstract Builder setBillingScheme(String value);

    public abstract Builder setUnitAmount(@Nullable Long value);

    public abstract Builder setUnitAmountDecimal(@Nullable String value);

    public abstract Builder setNickname(@Nullable String value);

    public abstract Builder setLookupKey(@Nullable String value);

    public abstract Builder setTaxBehavior(@Nullable String value);

    public abstract Builder setRecurring(@Nullable Recurring value);

    public abstract Builder setTransformQuantity(@Nullable TransformQuantity value);

    public abstract Builder setTiersMode(@Nullable String value);

    public abstract Builder setTiers(List<PriceTier> value);

    public abstract Builder setCurrencyOptions(List<CurrencyOption> value);

    public abstract Builder setLivemode(boolean value);

    public abstract Builder setMetadata(List<MetadataEntry> value);

    public abstract Builder setSnapshotDate(LocalDate value);

    public abstract Builder setChangedAt(Instant value);

    public abstract Builder setSource(String value);

    public abstract Builder setPayload(@Nullable String value);

    public abstract Price build();
  }
}
