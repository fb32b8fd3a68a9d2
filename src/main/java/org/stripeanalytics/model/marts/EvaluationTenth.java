package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** One of the {@code tenths} of {@code marts.model_evaluation}. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class EvaluationTenth {
  public abstract long getTenth();

  public abstract BigDecimal getPredicted();

  public abstract BigDecimal getObserved();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_EvaluationTenth.Builder();
  }

  /** Builds a {@link EvaluationTenth}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setTenth(long value);

    public abstract Builder setPredicted(BigDecimal value);

    public abstract Builder setObserved(BigDecimal value);

    public abstract EvaluationTenth build();
  }
}
