package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code marts.metric_anomalies}: what a watched metric was on a day, and where the weeks
 * before let one expect it.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class MetricAnomaly {
  public abstract LocalDate getDay();

  public abstract String getMetric();

  public abstract String getSubject();

  public abstract BigDecimal getValue();

  public abstract BigDecimal getExpected();

  public abstract BigDecimal getExpectedLow();

  public abstract BigDecimal getExpectedHigh();

  public abstract BigDecimal getScore();

  public abstract String getSeverity();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_MetricAnomaly.Builder();
  }

  /** Builds a {@link MetricAnomaly}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setDay(LocalDate value);

    public abstract Builder setMetric(String value);

    public abstract Builder setSubject(String value);

    public abstract Builder setValue(BigDecimal value);

    public abstract Builder setExpected(BigDecimal value);

    public abstract Builder setExpectedLow(BigDecimal value);

    public abstract Builder setExpectedHigh(BigDecimal value);

    public abstract Builder setScore(BigDecimal value);

    public abstract Builder setSeverity(String value);

    public abstract MetricAnomaly build();
  }
}
