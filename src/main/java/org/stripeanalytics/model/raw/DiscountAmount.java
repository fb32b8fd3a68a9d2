package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code discount_amounts} of {@link InvoiceLine}: how much each discount took off. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class DiscountAmount {
  public abstract long getAmount();

  public abstract String getDiscount();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_DiscountAmount.Builder();
  }

  /** Builds a {@link DiscountAmount}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setAmount(long value);

    public abstract Builder setDiscount(String value);

    public abstract DiscountAmount build();
  }
}
