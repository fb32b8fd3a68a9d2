package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** A row of {@code marts.mrr_forecast}: MRR of a month to come. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class MrrForecast {
  public abstract LocalDate getMadeMonth();

  public abstract LocalDate getMonth();

  public abstract long getMonthsAhead();

  public abstract BigDecimal getMrr();

  public abstract BigDecimal getMrrLow();

  public abstract BigDecimal getMrrHigh();

  public abstract @Nullable BigDecimal getMrrActual();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_MrrForecast.Builder();
  }

  /** Builds a {@link MrrForecast}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMadeMonth(LocalDate value);

    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setMonthsAhead(long value);

    public abstract Builder setMrr(BigDecimal value);

    public abstract Builder setMrrLow(BigDecimal value);

    public abstract Builder setMrrHigh(BigDecimal value);

    public abstract Builder setMrrActual(@Nullable BigDecimal value);

    public abstract MrrForecast build();
  }
}
