package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code marts.unit_economics_monthly}: what a customer costs and brings, by month, for
 * all, by region and by channel (spend is not known for other segments); a row for every month from
 * the segment value's first spend or movement on.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class UnitEconomicsMonthly {
  public abstract LocalDate getMonth();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract BigDecimal getSalesMarketingSpend();

  public abstract long getCustomersNew();

  public abstract @Nullable BigDecimal getCac();

  public abstract @Nullable BigDecimal getArpa();

  @SchemaFieldName("customer_churn_6m")
  public abstract @Nullable BigDecimal getCustomerChurn6m();

  public abstract @Nullable BigDecimal getLtvRevenue();

  public abstract @Nullable BigDecimal getLtv();

  public abstract @Nullable BigDecimal getLtvCac();

  public abstract @Nullable BigDecimal getCacPaybackMonths();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_UnitEconomicsMonthly.Builder();
  }

  /** Builds a {@link UnitEconomicsMonthly}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setSalesMarketingSpend(BigDecimal value);

    public abstract Builder setCustomersNew(long value);

    public abstract Builder setCac(@Nullable BigDecimal value);

    public abstract Builder setArpa(@Nullable BigDecimal value);

    public abstract Builder setCustomerChurn6m(@Nullable BigDecimal value);

    public abstract Builder setLtvRevenue(@Nullable BigDecimal value);

    public abstract Builder setLtv(@Nullable BigDecimal value);

    public abstract Builder setLtvCac(@Nullable BigDecimal value);

    public abstract Builder setCacPaybackMonths(@Nullable BigDecimal value);

    public abstract UnitEconomicsMonthly build();
  }
}
