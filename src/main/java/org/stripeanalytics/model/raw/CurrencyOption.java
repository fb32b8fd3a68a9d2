package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** An element of {@code currency_options} of a price: what it is in another currency. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CurrencyOption implements Serializable {
  public abstract String getCurrency();

  public abstract @Nullable Long getUnitAmount();

  public abstract @Nullable String getUnitAmountDecimal();

  public abstract List<PriceTier> getTiers();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CurrencyOption.Builder().setTiers(List.of());
  }

  /** Builds a {@link CurrencyOption}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCurrency(String value);

    public abstract Builder setUnitAmount(@Nullable Long value);

    public abstract Builder setUnitAmountDecimal(@Nullable String value);

    public abstract Builder setTiers(List<PriceTier> value);

    public abstract CurrencyOption build();
  }
}
