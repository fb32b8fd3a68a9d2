package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code address} of {@link Customer}: billing address. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Address {
  public abstract @Nullable String getCity();

  public abstract @Nullable String getCountry();

  public abstract @Nullable String getLine1();

  public abstract @Nullable String getLine2();

  public abstract @Nullable String getPostalCode();

  public abstract @Nullable String getState();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Address.Builder();
  }

  /** Builds a {@link Address}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCity(@Nullable String value);

    public abstract Builder setCountry(@Nullable String value);

    public abstract Builder setLine1(@Nullable String value);

    public abstract Builder setLine2(@Nullable String value);

    public abstract Builder setPostalCode(@Nullable String value);

    public abstract Builder setState(@Nullable String value);

    public abstract Address build();
  }
}
