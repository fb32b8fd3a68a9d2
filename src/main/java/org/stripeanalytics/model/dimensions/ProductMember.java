package org.stripeanalytics.model.dimensions;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code dimensions.dim_product}: one row per product, as its newest version describes it,
 * and the unknown member.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ProductMember {
  public abstract long getProductKey();

  public abstract String getProductId();

  public abstract String getName();

  public abstract String getPlan();

  public abstract boolean getIsActive();

  public abstract @Nullable Instant getCreatedAt();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ProductMember.Builder();
  }

  /** Builds a {@link ProductMember}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setProductKey(long value);

    public abstract Builder setProductId(String value);

    public abstract Builder setName(String value);

    public abstract Builder setPlan(String value);

    public abstract Builder setIsActive(boolean value);

    public abstract Builder setCreatedAt(@Nullable Instant value);

    public abstract ProductMember build();
  }
}
