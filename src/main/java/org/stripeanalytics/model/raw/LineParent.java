package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code parent} of {@link InvoiceLine}: what produced the line. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class LineParent {
  public abstract String getType();

  public abstract @Nullable SubscriptionItemDetails getSubscriptionItemDetails();

  public abstract @Nullable InvoiceItemDetails getInvoiceItemDetails();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_LineParent.Builder();
  }

  /** Builds a {@link LineParent}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setType(String value);

    public abstract Builder setSubscriptionItemDetails(@Nullable SubscriptionItemDetails value);

    public abstract Builder setInvoiceItemDetails(@Nullable InvoiceItemDetails value);

    public abstract LineParent build();
  }
}
