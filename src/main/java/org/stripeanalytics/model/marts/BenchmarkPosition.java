package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code marts.benchmark_position}: this account's newest figures beside those of
 * comparable companies: one row per published benchmark. Restated by every run.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class BenchmarkPosition {
  public abstract String getMetric();

  public abstract String getSource();

  public abstract String getPopulation();

  public abstract @Nullable LocalDate getMonth();

  public abstract @Nullable BigDecimal getValue();

  public abstract @Nullable BigDecimal getP25();

  public abstract @Nullable BigDecimal getP50();

  public abstract @Nullable BigDecimal getP75();

  public abstract String getPosition();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_BenchmarkPosition.Builder();
  }

  /** Builds a {@link BenchmarkPosition}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMetric(String value);

    public abstract Builder setSource(String value);

    public abstract Builder setPopulation(String value);

    public abstract Builder setMonth(@Nullable LocalDate value);

    public abstract Builder setValue(@Nullable BigDecimal value);

    public abstract Builder setP25(@Nullable BigDecimal value);

    public abstract Builder setP50(@Nullable BigDecimal value);

    public abstract Builder setP75(@Nullable BigDecimal value);

    public abstract Builder setPosition(String value);

    public abstract BenchmarkPosition build();
  }
}
