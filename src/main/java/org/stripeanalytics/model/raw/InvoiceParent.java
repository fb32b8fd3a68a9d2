package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code parent} of {@link Invoice}: what produced the invoice. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class InvoiceParent {
  public abstract String getType();

  public abstract @Nullable String getSubscription();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_InvoiceParent.Builder();
  }

  /** Builds a {@link InvoiceParent}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setType(String value);

    public abstract Builder setSubscription(@Nullable String value);

    public abstract InvoiceParent build();
  }
}
