package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code card} of {@link ChargePaymentMethod}: set for cards. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Card {
  public abstract @Nullable String getBrand();

  public abstract @Nullable String getCountry();

  public abstract @Nullable Long getExpMonth();

  public abstract @Nullable Long getExpYear();

  public abstract @Nullable String getFunding();

  public abstract @Nullable String getLast4();

  public abstract @Nullable String getFingerprint();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Card.Builder();
  }

  /** Builds a {@link Card}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setBrand(@Nullable String value);

    public abstract Builder setCountry(@Nullable String value);

    public abstract Builder setExpMonth(@Nullable Long value);

    public abstract Builder setExpYear(@Nullable Long value);

    public abstract Builder setFunding(@Nullable String value);

    public abstract Builder setLast4(@Nullable String value);

    public abstract Builder setFingerprint(@Nullable String value);

    public abstract Card build();
  }
}
