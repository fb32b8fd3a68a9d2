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
 * A row of {@code marts.churn_monthly}: customer and revenue churn, retention and the reasons for
 * leaving, by month and segment; a row for every month from the segment value's first movement on.
 * S are the customers with MRR at the start of the month.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ChurnMonthly {
  public abstract LocalDate getMonth();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract long getCustomersStart();

  public abstract long getCustomersLost();

  public abstract @Nullable BigDecimal getCustomerChurnRate();

  public abstract @Nullable BigDecimal getGrossMrrChurnRate();

  public abstract @Nullable BigDecimal getNetMrrChurnRate();

  @SchemaFieldName("nrr_1m")
  public abstract @Nullable BigDecimal getNrr1m();

  @SchemaFieldName("nrr_12m")
  public abstract @Nullable BigDecimal getNrr12m();

  @SchemaFieldName("grr_1m")
  public abstract @Nullable BigDecimal getGrr1m();

  @SchemaFieldName("grr_12m")
  public abstract @Nullable BigDecimal getGrr12m();

  public abstract @Nullable BigDecimal getQuickRatio();

  public abstract long getVoluntaryChurned();

  public abstract long getInvoluntaryChurned();

  public abstract long getDisputeChurned();

  public abstract long getPausedChurned();

  public abstract long getUnknownChurned();

  public abstract long getStarterChurned();

  public abstract long getProfessionalChurned();

  public abstract long getOtherChurned();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ChurnMonthly.Builder();
  }

  /** Builds a {@link ChurnMonthly}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setCustomersStart(long value);

    public abstract Builder setCustomersLost(long value);

    public abstract Builder setCustomerChurnRate(@Nullable BigDecimal value);

    public abstract Builder setGrossMrrChurnRate(@Nullable BigDecimal value);

    public abstract Builder setNetMrrChurnRate(@Nullable BigDecimal value);

    public abstract Builder setNrr1m(@Nullable BigDecimal value);

    public abstract Builder setNrr12m(@Nullable BigDecimal value);

    public abstract Builder setGrr1m(@Nullable BigDecimal value);

    public abstract Builder setGrr12m(@Nullable BigDecimal value);

    public abstract Builder setQuickRatio(@Nullable BigDecimal value);

    public abstract Builder setVoluntaryChurned(long value);

    public abstract Builder setInvoluntaryChurned(long value);

    public abstract Builder setDisputeChurned(long value);

    public abstract Builder setPausedChurned(long value);

    public abstract Builder setUnknownChurned(long value);

    public abstract Builder setStarterChurned(long value);

    public abstract Builder setProfessionalChurned(long value);

    public abstract Builder setOtherChurned(long value);

    public abstract ChurnMonthly build();
  }
}
