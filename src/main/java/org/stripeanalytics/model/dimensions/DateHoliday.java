package org.stripeanalytics.model.dimensions;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code holidays} of {@link DateRow}: public holidays, by country. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class DateHoliday {
  public abstract String getCountry();

  public abstract String getName();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_DateHoliday.Builder();
  }

  /** Builds a {@link DateHoliday}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCountry(String value);

    public abstract Builder setName(String value);

    public abstract DateHoliday build();
  }
}
