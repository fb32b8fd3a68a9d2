package org.stripeanalytics.model.intermediate;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code items} of {@link SubscriptionSpell}: what is subscribed to. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SpellItem {
  public abstract String getItemId();

  public abstract String getPriceId();

  public abstract String getProductId();

  public abstract String getPlan();

  public abstract long getQuantity();

  public abstract long getArrMinor();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SpellItem.Builder();
  }

  /** Builds a {@link SpellItem}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setItemId(String value);

    public abstract Builder setPriceId(String value);

    public abstract Builder setProductId(String value);

    public abstract Builder setPlan(String value);

    public abstract Builder setQuantity(long value);

    public abstract Builder setArrMinor(long value);

    public abstract SpellItem build();
  }
}
