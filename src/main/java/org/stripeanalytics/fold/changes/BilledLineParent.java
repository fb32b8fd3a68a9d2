package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of an invoice line's {@code parent} that the fold reads. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class BilledLineParent {
  public abstract @Nullable BilledItem getSubscriptionItemDetails();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_BilledLineParent.Builder();
  }

  /** Builds a {@link BilledLineParent}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSubscriptionItemDetails(@Nullable BilledItem value);

    public abstract BilledLineParent build();
  }
}
