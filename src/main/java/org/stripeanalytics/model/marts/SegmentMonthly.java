package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code marts.segment_monthly}: how many customers are in which stage, and where they
 * were.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SegmentMonthly {
  public abstract LocalDate getMonth();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract long getCustomers();

  public abstract long getCustomersLost();

  public abstract BigDecimal getMrr();

  public abstract List<StageSize> getStages();

  public abstract List<StageFlow> getFlows();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SegmentMonthly.Builder();
  }

  /** Builds a {@link SegmentMonthly}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setCustomers(long value);

    public abstract Builder setCustomersLost(long value);

    public abstract Builder setMrr(BigDecimal value);

    public abstract Builder setStages(List<StageSize> value);

    public abstract Builder setFlows(List<StageFlow> value);

    public abstract SegmentMonthly build();
  }
}
