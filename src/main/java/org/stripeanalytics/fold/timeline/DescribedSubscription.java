package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.model.schema.RowCoder;

/** The newest version of a subscription, with what the catalog says of its first item. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class DescribedSubscription {
  public abstract SubscriptionSnapshot getVersion();

  public abstract String getPlan();

  public abstract long getProductKey();

  public abstract long getPriceKey();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_DescribedSubscription.Builder();
  }

  /** Builds a {@link DescribedSubscription}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setVersion(SubscriptionSnapshot value);

    public abstract Builder setPlan(String value);

    public abstract Builder setProductKey(long value);

    public abstract Builder setPriceKey(long value);

    public abstract DescribedSubscription build();
  }
}
