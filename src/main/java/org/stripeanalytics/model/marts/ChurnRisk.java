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
 * A row of {@code marts.churn_risk}: one row per paying customer and month: how likely it was to
 * leave within one and three months, and what came.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ChurnRisk {
  public abstract String getCustomerId();

  public abstract LocalDate getMonth();

  public abstract String getRegion();

  public abstract String getChannel();

  public abstract String getPlan();

  public abstract BigDecimal getMrr();

  public abstract String getBand();

  @SchemaFieldName("method_1m")
  public abstract String getMethod1m();

  @SchemaFieldName("method_3m")
  public abstract String getMethod3m();

  @SchemaFieldName("p_1m")
  public abstract @Nullable BigDecimal getP1m();

  public abstract @Nullable BigDecimal getMrrAtRisk();

  @SchemaFieldName("p_1m_voluntary")
  public abstract @Nullable BigDecimal getP1mVoluntary();

  @SchemaFieldName("p_1m_involuntary")
  public abstract @Nullable BigDecimal getP1mInvoluntary();

  @SchemaFieldName("p_3m")
  public abstract @Nullable BigDecimal getP3m();

  @SchemaFieldName("p_3m_voluntary")
  public abstract @Nullable BigDecimal getP3mVoluntary();

  @SchemaFieldName("p_3m_involuntary")
  public abstract @Nullable BigDecimal getP3mInvoluntary();

  public abstract List<RiskContribution> getContributions();

  public abstract @Nullable LocalDate getTrainedBefore();

  @SchemaFieldName("outcome_1m")
  public abstract @Nullable String getOutcome1m();

  @SchemaFieldName("outcome_3m")
  public abstract @Nullable String getOutcome3m();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ChurnRisk.Builder().setContributions(List.of());
  }

  /** Builds a {@link ChurnRisk}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerId(String value);

    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setPlan(String value);

    public abstract Builder setMrr(BigDecimal value);

    public abstract Builder setBand(String value);

    public abstract Builder setMethod1m(String value);

    public abstract Builder setMethod3m(String value);

    public abstract Builder setP1m(@Nullable BigDecimal value);

    public abstract Builder setMrrAtRisk(@Nullable BigDecimal value);

    public abstract Builder setP1mVoluntary(@Nullable BigDecimal value);

    public abstract Builder setP1mInvoluntary(@Nullable BigDecimal value);

    public abstract Builder setP3m(@Nullable BigDecimal value);

    public abstract Builder setP3mVoluntary(@Nullable BigDecimal value);

    public abstract Builder setP3mInvoluntary(@Nullable BigDecimal value);

    public abstract Builder setContributions(List<RiskContribution> value);

    public abstract Builder setTrainedBefore(@Nullable LocalDate value);

    public abstract Builder setOutcome1m(@Nullable String value);

    public abstract Builder setOutcome3m(@Nullable String value);

    public abstract ChurnRisk build();
  }
}
