package org.stripeanalytics.model.ops;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** A row of {@code ops.models}: a model that a run fitted. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class FittedModel {
  public abstract String getModelId();

  public abstract long getHorizonMonths();

  public abstract String getRisk();

  public abstract String getKind();

  public abstract LocalDate getTrainedBefore();

  public abstract long getCustomerMonths();

  public abstract long getEvents();

  public abstract BigDecimal getIntercept();

  public abstract BigDecimal getLogLikelihood();

  public abstract List<ModelCoefficient> getCoefficients();

  public abstract String getHash();

  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_FittedModel.Builder().setCoefficients(List.of());
  }

  /** Builds a {@link FittedModel}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setModelId(String value);

    public abstract Builder setHorizonMonths(long value);

    public abstract Builder setRisk(String value);

    public abstract Builder setKind(String value);

    public abstract Builder setTrainedBefore(LocalDate value);

    public abstract Builder setCustomerMonths(long value);

    public abstract Builder setEvents(long value);

    public abstract Builder setIntercept(BigDecimal value);

    public abstract Builder setLogLikelihood(BigDecimal value);

    public abstract Builder setCoefficients(List<ModelCoefficient> value);

    public abstract Builder setHash(String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract FittedModel build();
  }
}
