package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** A row of {@code marts.ltv_forecast}: what a cohort is expected to pay over some months. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class LtvForecast {
  public abstract LocalDate getMadeMonth();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract LocalDate getCohortMonth();

  public abstract long getHorizonMonths();

  public abstract long getCustomers();

  public abstract BigDecimal getRevenueSeen();

  public abstract BigDecimal getRevenue();

  public abstract BigDecimal getRevenueLow();

  public abstract BigDecimal getRevenueHigh();

  public abstract BigDecimal getRevenuePerCustomer();

  public abstract BigDecimal getDiscountedPerCustomer();

  public abstract @Nullable BigDecimal getRemainingPerActiveCustomer();

  public abstract @Nullable BigDecimal getArpaOverChurnRevenue();

  public abstract @Nullable BigDecimal getRevenueActual();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_LtvForecast.Builder();
  }

  /** Builds a {@link LtvForecast}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMadeMonth(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setCohortMonth(LocalDate value);

    public abstract Builder setHorizonMonths(long value);

    public abstract Builder setCustomers(long value);

    public abstract Builder setRevenueSeen(BigDecimal value);

    public abstract Builder setRevenue(BigDecimal value);

    public abstract Builder setRevenueLow(BigDecimal value);

    public abstract Builder setRevenueHigh(BigDecimal value);

    public abstract Builder setRevenuePerCustomer(BigDecimal value);

    public abstract Builder setDiscountedPerCustomer(BigDecimal value);

    public abstract Builder setRemainingPerActiveCustomer(@Nullable BigDecimal value);

    public abstract Builder setArpaOverChurnRevenue(@Nullable BigDecimal value);

    public abstract Builder setRevenueActual(@Nullable BigDecimal value);

    public abstract LtvForecast build();
  }
}
