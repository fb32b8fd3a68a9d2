package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code items} of {@link Subscription}: what is subscribed to. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SubscriptionItem {
  public abstract String getId();

  public abstract Instant getCreated();

  public abstract @Nullable Long getQuantity();

  public abstract Instant getCurrentPeriodStart();

  public abstract Instant getCurrentPeriodEnd();

  public abstract List<String> getDiscounts();

  public abstract ItemPrice getPrice();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SubscriptionItem.Builder().setDiscounts(List.of());
  }

  /** Builds a {@link SubscriptionItem}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setCreated(Instant value);

    public abstract Builder setQuantity(@Nullable Long value);

    public abstract Builder setCurrentPeriodStart(Instant value);

    public abstract Builder setCurrentPeriodEnd(Instant value);

    public abstract Builder setDiscounts(List<String> value);

    public abstract Builder setPrice(ItemPrice value);

    public abstract SubscriptionItem build();
  }
}
