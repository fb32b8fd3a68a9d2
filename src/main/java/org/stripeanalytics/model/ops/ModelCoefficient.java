package org.stripeanalytics.model.ops;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** One of the {@code coefficients} of {@code ops.models}. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ModelCoefficient {
  public abstract String getFeature();

  public abstract String getValue();

  public abstract BigDecimal getEffect();

  public abstract long getCustomerMonths();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ModelCoefficient.Builder();
  }

  /** Builds a {@link ModelCoefficient}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setFeature(String value);

    public abstract Builder setValue(String value);

    public abstract Builder setEffect(BigDecimal value);

    public abstract Builder setCustomerMonths(long value);

    public abstract ModelCoefficient build();
  }
}
