package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of {@code marts.retention_cohorts} that forecasts need. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CohortRevenue {
  public abstract LocalDate getCohortMonth();

  public abstract long getMonthsSince();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract long getCohortSize();

  public abstract long getCustomersActive();

  public abstract BigDecimal getMrr();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CohortRevenue.Builder();
  }

  /** Builds a {@link CohortRevenue}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCohortMonth(LocalDate value);

    public abstract Builder setMonthsSince(long value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setCohortSize(long value);

    public abstract Builder setCustomersActive(long value);

    public abstract Builder setMrr(BigDecimal value);

    public abstract CohortRevenue build();
  }
}
