package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code marts.model_evaluation}: how good the predictions of one horizon and risk were
 * within a segment value.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ModelEvaluation {
  public abstract long getHorizonMonths();

  public abstract String getRisk();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract LocalDate getTestedFrom();

  public abstract LocalDate getTestedTo();

  public abstract LocalDate getFirstTrainedBefore();

  public abstract LocalDate getLastTrainedBefore();

  public abstract long getCustomerMonths();

  public abstract long getEvents();

  public abstract BigDecimal getPrevalence();

  public abstract @Nullable BigDecimal getAuc();

  public abstract BigDecimal getBrier();

  public abstract BigDecimal getLogLoss();

  public abstract @Nullable BigDecimal getCalibrationSlope();

  public abstract @Nullable BigDecimal getCalibrationIntercept();

  public abstract BigDecimal getEce();

  @SchemaFieldName("lift_10")
  public abstract @Nullable BigDecimal getLift10();

  public abstract @Nullable BigDecimal getBaselineAuc();

  public abstract BigDecimal getBaselineBrier();

  public abstract BigDecimal getBaselineLogLoss();

  public abstract String getPublished();

  public abstract String getReason();

  public abstract List<EvaluationTenth> getTenths();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ModelEvaluation.Builder().setTenths(List.of());
  }

  /** Builds a {@link ModelEvaluation}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setHorizonMonths(long value);

    public abstract Builder setRisk(String value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setTestedFrom(LocalDate value);

    public abstract Builder setTestedTo(LocalDate value);

    public abstract Builder setFirstTrainedBefore(LocalDate value);

    public abstract Builder setLastTrainedBefore(LocalDate value);

    public abstract Builder setCustomerMonths(long value);

    public abstract Builder setEvents(long value);

    public abstract Builder setPrevalence(BigDecimal value);

    public abstract Builder setAuc(@Nullable BigDecimal value);

    public abstract Builder setBrier(BigDecimal value);

    public abstract Builder setLogLoss(BigDecimal value);

    public abstract Builder setCalibrationSlope(@Nullable BigDecimal value);

    public abstract Builder setCalibrationIntercept(@Nullable BigDecimal value);

    public abstract Builder setEce(BigDecimal value);

    public abstract Builder setLift10(@Nullable BigDecimal value);

    public abstract Builder setBaselineAuc(@Nullable BigDecimal value);

    public abstract Builder setBaselineBrier(BigDecimal value);

    public abstract Builder setBaselineLogLoss(BigDecimal value);

    public abstract Builder setPublished(String value);

    public abstract Builder setReason(String value);

    public abstract Builder setTenths(List<EvaluationTenth> value);

    public abstract ModelEvaluation build();
  }
}
