package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The column of an invoice line's {@code pricing} that the fold reads. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class BilledPricing {
  public abstract @Nullable String getPrice();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_BilledPricing.Builder();
  }

  /** Builds a {@link BilledPricing}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setPrice(@Nullable String value);

    public abstract BilledPricing build();
  }
}
