package org.stripeanalytics.model.seeds;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code seeds.holidays}: public holidays of the main countries; maintained in
 * holidays.csv.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Holiday {
  public abstract LocalDate getDate();

  public abstract String getCountry();

  public abstract String getName();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Holiday.Builder();
  }

  /** Builds a {@link Holiday}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setDate(LocalDate value);

    public abstract Builder setCountry(String value);

    public abstract Builder setName(String value);

    public abstract Holiday build();
  }
}
