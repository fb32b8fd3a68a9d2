package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code price} of {@link SubscriptionItem}: the price, as of this version. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ItemPrice implements Serializable {
  public abstract String getId();

  public abstract String getProduct();

  public abstract String getCurrency();

  public abstract String getType();

  public abstract String getBillingScheme();

  public abstract @Nullable Long getUnitAmount();

  public abstract @Nullable String getUnitAmountDecimal();

  public abstract @Nullable Recurring getRecurring();

  public abstract @Nullable TransformQuantity getTransformQuantity();

  public abstract @Nullable String getTiersMode();

  public abstract List<PriceTier> getTiers();

  public abstract List<CurrencyOption> getCurrencyOptions();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ItemPrice.Builder().setTiers(List.of()).setCurrencyOptions(List.of());
  }

  /** Builds a {@link ItemPrice}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setProduct(String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setType(String value);

    public abstract Builder setBillingScheme(String value);

    public abstract Builder setUnitAmount(@Nullable Long value);

    public abstract Builder setUnitAmountDecimal(@Nullable String value);

    public abstract Builder setRecurring(@Nullable Recurring value);

    public abstract Builder setTransformQuantity(@Nullable TransformQuantity value);

    public abstract Builder setTiersMode(@Nullable String value);

    public abstract Builder setTiers(List<PriceTier> value);

    public abstract Builder setCurrencyOptions(List<CurrencyOption> value);

    public abstract ItemPrice build();
  }
}
