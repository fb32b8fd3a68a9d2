package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** One of the {@code contributions} of {@code marts.churn_risk}. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class RiskContribution {
  public abstract String getFeature();

  public abstract String getWords();

  public abstract BigDecimal getOddsFactor();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_RiskContribution.Builder();
  }

  /** Builds a {@link RiskContribution}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setFeature(String value);

    public abstract Builder setWords(String value);

    public abstract Builder setOddsFactor(BigDecimal value);

    public abstract RiskContribution build();
  }
}
