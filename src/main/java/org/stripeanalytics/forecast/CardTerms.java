package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** What predictions need of the {@code card} of a {@link SeenCard}. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CardTerms {
  public abstract @Nullable Long getExpMonth();

  public abstract @Nullable Long getExpYear();

  public abstract @Nullable String getFunding();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CardTerms.Builder();
  }

  /** Builds a {@link CardTerms}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setExpMonth(@Nullable Long value);

    public abstract Builder setExpYear(@Nullable Long value);

    public abstract Builder setFunding(@Nullable String value);

    public abstract CardTerms build();
  }
}
