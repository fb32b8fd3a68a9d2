package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The record {@code billing_details} of {@link Charge}: who pays, as given with the payment method.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class BillingDetails {
  public abstract @Nullable Address getAddress();

  public abstract @Nullable String getEmail();

  public abstract @Nullable String getName();

  public abstract @Nullable String getPhone();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_BillingDetails.Builder();
  }

  /** Builds a {@link BillingDetails}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setAddress(@Nullable Address value);

    public abstract Builder setEmail(@Nullable String value);

    public abstract Builder setName(@Nullable String value);

    public abstract Builder setPhone(@Nullable String value);

    public abstract BillingDetails build();
  }
}
