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
 * A row of {@code marts.live_mrr}: MRR, its movements and its customers in the month that is not
 * over yet.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class LiveMrr {
  public abstract LocalDate getMonth();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract BigDecimal getMrrStart();

  public abstract BigDecimal getMrrNew();

  public abstract BigDecimal getMrrReactivation();

  public abstract BigDecimal getMrrExpansion();

  public abstract BigDecimal getMrrContraction();

  public abstract BigDecimal getMrrChurn();

  public abstract BigDecimal getMrrEnd();

  public abstract BigDecimal getMrrPastDue();

  public abstract BigDecimal getScheduledChurnMrr();

  public abstract long getCustomersStart();

  public abstract long getCustomersNew();

  public abstract long getCustomersReactivated();

  public abstract long getCustomersChurned();

  public abstract long getCustomersEnd();

  public abstract BigDecimal getArrEnd();

  public abstract @Nullable BigDecimal getArpa();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_LiveMrr.Builder();
  }

  /** Builds a {@link LiveMrr}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setMrrStart(BigDecimal value);

    public abstract Builder setMrrNew(BigDecimal value);

    public abstract Builder setMrrReactivation(BigDecimal value);

    public abstract Builder setMrrExpansion(BigDecimal value);

    public abstract Builder setMrrContraction(BigDecimal value);

    public abstract Builder setMrrChurn(BigDecimal value);

    public abstract Builder setMrrEnd(BigDecimal value);

    public abstract Builder setMrrPastDue(BigDecimal value);

    public abstract Builder setScheduledChurnMrr(BigDecimal value);

    public abstract Builder setCustomersStart(long value);

    public abstract Builder setCustomersNew(long value);

    public abstract Builder setCustomersReactivated(long value);

    public abstract Builder setCustomersChurned(long value);

    public abstract Builder setCustomersEnd(long value);

    public abstract Builder setArrEnd(BigDecimal value);

    public abstract Builder setArpa(@Nullable BigDecimal value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract LiveMrr build();
  }
}
