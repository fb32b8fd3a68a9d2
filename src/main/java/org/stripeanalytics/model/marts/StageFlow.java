package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The record {@code flows} of {@link SegmentMonthly}: how many customers went from one stage to
 * another.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class StageFlow {
  public abstract String getFromStage();

  public abstract String getToStage();

  public abstract long getCustomers();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_StageFlow.Builder();
  }

  /** Builds a {@link StageFlow}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setFromStage(String value);

    public abstract Builder setToStage(String value);

    public abstract Builder setCustomers(long value);

    public abstract StageFlow build();
  }
}
