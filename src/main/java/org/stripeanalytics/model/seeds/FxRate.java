package org.stripeanalytics.model.seeds;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code seeds.fx_rates}: one constant rate per currency; maintained by hand in
 * fx_rates.csv.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class FxRate {
  public abstract String getCurrency();

  public abstract BigDecimal getRate();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_FxRate.Builder();
  }

  /** Builds a {@link FxRate}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCurrency(String value);

    public abstract Builder setRate(BigDecimal value);

    public abstract FxRate build();
  }
}
