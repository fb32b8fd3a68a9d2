package org.stripeanalytics.model.seeds;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code seeds.geography}: countries and the region they are reported under; maintained by
 * hand in geography.csv.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Geography {
  public abstract String getCountry();

  public abstract String getCountryName();

  public abstract String getRegion();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Geography.Builder();
  }

  /** Builds a {@link Geography}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCountry(String value);

    public abstract Builder setCountryName(String value);

    public abstract Builder setRegion(String value);

    public abstract Geography build();
  }
}
