package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** An element of {@code tiers} of a price: what a unit costs up to a quantity. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PriceTier implements Serializable {
  public abstract @Nullable Long getUpTo();

  public abstract @Nullable Long getUnitAmount();

  public abstract @Nullable String getUnitAmountDecimal();

  public abstract @Nullable Long getFlatAmount();

  public abstract @Nullable String getFlatAmountDecimal();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_PriceTier.Builder();
  }

  /** Builds a {@link PriceTier}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setUpTo(@Nullable Long value);

    public abstract Builder setUnitAmount(@Nullable Long value);

    public abstract Builder setUnitAmountDecimal(@Nullable String value);

    public abstract Builder setFlatAmount(@Nullable Long value);

    public abstract Builder setFlatAmountDecimal(@Nullable String value);

    public abstract PriceTier build();
  }
}
