package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code payment} of {@link InvoicePayment}: what pays. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class InvoicePaymentSource {
  public abstract String getType();

  public abstract @Nullable String getPaymentIntent();

  public abstract @Nullable String getCharge();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_InvoicePaymentSource.Builder();
  }

  /** Builds a {@link InvoicePaymentSource}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setType(String value);

    public abstract Builder setPaymentIntent(@Nullable String value);

    public abstract Builder setCharge(@Nullable String value);

    public abstract InvoicePaymentSource build();
  }
}
