package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.Period;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of an invoice line that the fold reads. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class BilledLine {
  public abstract String getId();

  public abstract long getAmount();

  public abstract @Nullable Long getQuantity();

  public abstract Period getPeriod();

  public abstract @Nullable BilledLineParent getParent();

  public abstract @Nullable BilledPricing getPricing();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_BilledLine.Builder();
  }

  /** Builds a {@link BilledLine}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setAmount(long value);

    public abstract Builder setQuantity(@Nullable Long value);

    public abstract Builder setPeriod(Period value);

    public abstract Builder setParent(@Nullable BilledLineParent value);

    public abstract Builder setPricing(@Nullable BilledPricing value);

    public abstract BilledLine build();
  }
}
