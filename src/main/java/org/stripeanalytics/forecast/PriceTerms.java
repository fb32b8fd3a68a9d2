package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of {@code dimensions.dim_price} that predictions need. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PriceTerms {
  public abstract String getPriceId();

  public abstract @Nullable String getRecurringInterval();

  public abstract @Nullable Long getRecurringIntervalCount();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_PriceTerms.Builder();
  }

  /** Builds a {@link PriceTerms}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setPriceId(String value);

    public abstract Builder setRecurringInterval(@Nullable String value);

    public abstract Builder setRecurringIntervalCount(@Nullable Long value);

    public abstract PriceTerms build();
  }
}
