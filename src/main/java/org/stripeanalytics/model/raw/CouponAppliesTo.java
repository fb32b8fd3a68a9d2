package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The record {@code applies_to} of {@link Coupon}: what the coupon is limited to; null where it
 * applies to everything.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CouponAppliesTo {
  public abstract List<String> getProducts();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CouponAppliesTo.Builder().setProducts(List.of());
  }

  /** Builds a {@link CouponAppliesTo}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setProducts(List<String> value);

    public abstract CouponAppliesTo build();
  }
}
