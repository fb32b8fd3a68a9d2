package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code stages} of {@link SegmentMonthly}: the size of a stage. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class StageSize {
  public abstract String getStage();

  public abstract long getCustomers();

  public abstract BigDecimal getMrr();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_StageSize.Builder();
  }

  /** Builds a {@link StageSize}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setStage(String value);

    public abstract Builder setCustomers(long value);

    public abstract Builder setMrr(BigDecimal value);

    public abstract StageSize build();
  }
}
