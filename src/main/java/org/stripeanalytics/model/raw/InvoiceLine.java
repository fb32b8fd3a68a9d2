package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code lines} of {@link Invoice}: what is billed. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class InvoiceLine {
  public abstract String getId();

  public abstract long getAmount();

  public abstract long getSubtotal();

  public abstract String getCurrency();

  public abstract @Nullable String getDescription();

  public abstract @Nullable Long getQuantity();

  public abstract boolean getDiscountable();

  public abstract Period getPeriod();

  public abstract @Nullable LineParent getParent();

  public abstract @Nullable LinePricing getPricing();

  public abstract List<DiscountAmount> getDiscountAmounts();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_InvoiceLine.Builder().setDiscountAmounts(List.of());
  }

  /** Builds a {@link InvoiceLine}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setId(String value);

    public abstract Builder setAmount(long value);

    public abstract Builder setSubtotal(long value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setDescription(@Nullable String value);

    public abstract Builder setQuantity(@Nullable Long value);

    public abstract Builder setDiscountable(boolean value);

    public abstract Builder setPeriod(Period value);

    public abstract Builder setParent(@Nullable LineParent value);

    public abstract Builder setPricing(@Nullable LinePricing value);

    public abstract Builder setDiscountAmounts(List<DiscountAmount> value);

    public abstract InvoiceLine build();
  }
}
