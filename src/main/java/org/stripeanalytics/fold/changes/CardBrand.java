package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The column of a charge's {@code payment_method_details.card} that the fold reads. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CardBrand {
  public abstract @Nullable String getBrand();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CardBrand.Builder();
  }

  /** Builds a {@link CardBrand}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setBrand(@Nullable String value);

    public abstract CardBrand build();
  }
}
