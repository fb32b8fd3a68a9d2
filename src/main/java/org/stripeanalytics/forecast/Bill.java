package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of {@code facts.fct_invoices} that predictions need. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Bill {
  public abstract @Nullable String getCustomerId();

  public abstract @Nullable String getSubscriptionId();

  public abstract String getInvoiceId();

  public abstract Instant getCreatedAt();

  public abstract @Nullable Instant getPaidAt();

  public abstract @Nullable String getBillingReason();

  public abstract long getTotalMinor();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Bill.Builder();
  }

  /** Builds a {@link Bill}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerId(@Nullable String value);

    public abstract Builder setSubscriptionId(@Nullable String value);

    public abstract Builder setInvoiceId(String value);

    public abstract Builder setCreatedAt(Instant value);

    public abstract Builder setPaidAt(@Nullable Instant value);

    public abstract Builder setBillingReason(@Nullable String value);

    public abstract Builder setTotalMinor(long value);

    public abstract Bill build();
  }
}
