package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of a charge's {@code payment_method_details} that the fold reads. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PaidWith {
  public abstract String getType();

  public abstract @Nullable CardBrand getCard();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_PaidWith.Builder();
  }

  /** Builds a {@link PaidWith}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setType(String value);

    public abstract Builder setCard(@Nullable CardBrand value);

    public abstract PaidWith build();
  }
}
