package org.stripeanalytics.model.seeds;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code seeds.benchmarks}: published figures of comparable companies, one row per measure
 * and source; maintained by hand in benchmarks.csv.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Benchmark {
  public abstract String getMetric();

  public abstract String getSource();

  public abstract String getPopulation();

  public abstract boolean getHigherIsBetter();

  public abstract @Nullable BigDecimal getP25();

  public abstract @Nullable BigDecimal getP50();

  public abstract @Nullable BigDecimal getP75();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Benchmark.Builder();
  }

  /** Builds a {@link Benchmark}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMetric(String value);

    public abstract Builder setSource(String value);

    public abstract Builder setPopulation(String value);

    public abstract Builder setHigherIsBetter(boolean value);

    public abstract Builder setP25(@Nullable BigDecimal value);

    public abstract Builder setP50(@Nullable BigDecimal value);

    public abstract Builder setP75(@Nullable BigDecimal value);

    public abstract Benchmark build();
  }
}
