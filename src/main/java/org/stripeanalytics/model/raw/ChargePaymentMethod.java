package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The record {@code payment_method_details} of {@link Charge}: the payment method as it was at the
 * time.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ChargePaymentMethod {
  public abstract String getType();

  public abstract @Nullable Card getCard();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ChargePaymentMethod.Builder();
  }

  /** Builds a {@link ChargePaymentMethod}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setType(String value);

    public abstract Builder setCard(@Nullable Card value);

    public abstract ChargePaymentMethod build();
  }
}
