package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code marts.customer_segments}: the stage of its life in which a customer is at the end
 * of a month.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CustomerSegment {
  public abstract LocalDate getMonth();

  public abstract String getCustomerId();

  public abstract long getCustomerKey();

  public abstract String getStage();

  public abstract String getPreviousStage();

  public abstract BigDecimal getMrr();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CustomerSegment.Builder();
  }

  /** Builds a {@link CustomerSegment}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setCustomerId(String value);

    public abstract Builder setCustomerKey(long value);

    public abstract Builder setStage(String value);

    public abstract Builder setPreviousStage(String value);

    public abstract Builder setMrr(BigDecimal value);

    public abstract CustomerSegment build();
  }
}
