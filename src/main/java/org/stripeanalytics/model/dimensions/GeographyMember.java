package org.stripeanalytics.model.dimensions;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** A row of {@code dimensions.dim_geography}: one row per country, and the unknown member. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class GeographyMember {
  public abstract long getGeographyKey();

  public abstract String getCountry();

  public abstract String getCountryName();

  public abstract String getRegion();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_GeographyMember.Builder();
  }

  /** Builds a {@link GeographyMember}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setGeographyKey(long value);

    public abstract Builder setCountry(String value);

    public abstract Builder setCountryName(String value);

    public abstract Builder setRegion(String value);

    public abstract GeographyMember build();
  }
}
