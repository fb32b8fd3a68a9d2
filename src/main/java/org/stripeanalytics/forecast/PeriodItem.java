package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** What predictions need of the {@code items} of a {@link SubscriptionPeriod}. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PeriodItem {
  public abstract String getPriceId();

  public abstract String getPlan();

  public abstract long getArrMinor();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_PeriodItem.Builder();
  }

  /** Builds a {@link PeriodItem}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setPriceId(String value);

    public abstract Builder setPlan(String value);

    public abstract Builder setArrMinor(long value);

    public abstract PeriodItem build();
  }
}
