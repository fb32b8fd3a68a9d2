package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The record {@code last_payment_error} of {@link PaymentIntent}: why the last attempt failed; null
 * after a success.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PaymentError {
  public abstract String getType();

  public abstract @Nullable String getCode();

  public abstract @Nullable String getDeclineCode();

  public abstract @Nullable String getMessage();

  public abstract @Nullable String getCharge();

  public abstract @Nullable String getPaymentMethod();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_PaymentError.Builder();
  }

  /** Builds a {@link PaymentError}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setType(String value);

    public abstract Builder setCode(@Nullable String value);

    public abstract Builder setDeclineCode(@Nullable String value);

    public abstract Builder setMessage(@Nullable String value);

    public abstract Builder setCharge(@Nullable String value);

    public abstract Builder setPaymentMethod(@Nullable String value);

    public abstract PaymentError build();
  }
}
