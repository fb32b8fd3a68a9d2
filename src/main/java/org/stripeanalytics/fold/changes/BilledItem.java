package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of a line's {@code parent.subscription_item_details} that the fold reads. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class BilledItem {
  public abstract @Nullable String getSubscription();

  public abstract String getSubscriptionItem();

  public abstract boolean getProration();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_BilledItem.Builder();
  }

  /** Builds a {@link BilledItem}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSubscription(@Nullable String value);

    public abstract Builder setSubscriptionItem(String value);

    public abstract Builder setProration(boolean value);

    public abstract BilledItem build();
  }
}
