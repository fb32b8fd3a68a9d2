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
 * A row of {@code marts.mrr_daily}: MRR, its movements and its customers by day and segment; a row
 * for every day from the segment value's first movement on.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class MrrDaily {
  public abstract LocalDate getDay();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract BigDecimal getMrrStart();

  public abstract BigDecimal getMrrNew();

  public abstract BigDecimal getMrrReactivation();

  public abstract BigDecimal getMrrExpansion();

  public abstract BigDecimal getMrrContraction();

  public abstract BigDecimal getMrrChurn();

  public abstract BigDecimal getMrrEnd();

  public abstract BigDecimal getMrrListEnd();

  public abstract BigDecimal getMrrBilledEnd();

  public abstract BigDecimal getMrrPastDue();

  public abstract BigDecimal getScheduledChurnMrr();

  public abstract long getCustomersStart();

  public abstract long getCustomersNew();

  public abstract long getCustomersReactivated();

  public abstract long getCustomersChurned();

  public abstract long getCustomersEnd();

  public abstract BigDecimal getArrEnd();

  public abstract @Nullable BigDecimal getArpa();

  public abstract BigDecimal getMrrEndStarter();

  public abstract BigDecimal getMrrEndProfessional();

  public abstract BigDecimal getMrrEndOther();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_MrrDaily.Builder();
  }

  /** Builds a {@link MrrDaily}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setDay(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setMrrStart(BigDecimal value);

    public abstract Builder setMrrNew(BigDecimal value);

    public abstract Builder setMrrReactivation(BigDecimal value);

    public abstract Builder setMrrExpansion(BigDecimal value);

    public abstract Builder setMrrContraction(BigDecimal value);

    public abstract Builder setMrrChurn(BigDecimal value);

    public abstract Builder setMrrEnd(BigDecimal value);

    public abstract Builder setMrrListEnd(BigDecimal value);

    public abstract Builder setMrrBilledEnd(BigDecimal value);

    public abstract Builder setMrrPastDue(BigDecimal value);

    public abstract Builder setScheduledChurnMrr(BigDecimal value);

    public abstract Builder setCustomersStart(long value);

    public abstract Builder setCustomersNew(long value);

    public abstract Builder setCustomersReactivated(long value);

    public abstract Builder setCustomersChurned(long value);

    public abstract Builder setCustomersEnd(long value);

    public abstract Builder setArrEnd(BigDecimal value);

    public abstract Builder setArpa(@Nullable BigDecimal value);

    public abstract Builder setMrrEndStarter(BigDecimal value);

    public abstract Builder setMrrEndProfessional(BigDecimal value);

    public abstract Builder setMrrEndOther(BigDecimal value);

    public abstract MrrDaily build();
  }
}
