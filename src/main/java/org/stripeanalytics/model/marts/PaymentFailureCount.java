package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The record {@code payment_failures_by_code} of {@link PaymentHealthMonthly}: failed charges by
 * reason, the most frequent first, then by code.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PaymentFailureCount {
  public abstract String getCode();

  public abstract long getCount();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_PaymentFailureCount.Builder();
  }

  /** Builds a {@link PaymentFailureCount}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCode(String value);

    public abstract Builder setCount(long value);

    public abstract PaymentFailureCount build();
  }
}
