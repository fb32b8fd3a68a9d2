package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code marts.retention_cohorts}: what became of the customers whose first day with MRR
 * fell into one month: one row per cohort, month since and segment. Only cohorts with customers
 * exist, and only months that have ended.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class RetentionCohort {
  public abstract LocalDate getCohortMonth();

  public abstract long getMonthsSince();

  public abstract LocalDate getObservedMonth();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract long getCohortSize();

  public abstract BigDecimal getCohortNewMrr();

  public abstract long getCustomersActive();

  public abstract BigDecimal getMrr();

  public abstract BigDecimal getLogoRetention();

  public abstract BigDecimal getRevenueRetention();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_RetentionCohort.Builder();
  }

  /** Builds a {@link RetentionCohort}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCohortMonth(LocalDate value);

    public abstract Builder setMonthsSince(long value);

    public abstract Builder setObservedMonth(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setCohortSize(long value);

    public abstract Builder setCohortNewMrr(BigDecimal value);

    public abstract Builder setCustomersActive(long value);

    public abstract Builder setMrr(BigDecimal value);

    public abstract Builder setLogoRetention(BigDecimal value);

    public abstract Builder setRevenueRetention(BigDecimal value);

    public abstract RetentionCohort build();
  }
}
