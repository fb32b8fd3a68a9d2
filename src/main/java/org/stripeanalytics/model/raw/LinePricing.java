package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code pricing} of {@link InvoiceLine}: the price behind the amount. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class LinePricing {
  public abstract @Nullable String getPrice();

  public abstract @Nullable String getProduct();

  public abstract @Nullable String getUnitAmountDecimal();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_LinePricing.Builder();
  }

  /** Builds a {@link LinePricing}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setPrice(@Nullable String value);

    public abstract Builder setProduct(@Nullable String value);

    public abstract Builder setUnitAmountDecimal(@Nullable String value);

    public abstract LinePricing build();
  }
}
