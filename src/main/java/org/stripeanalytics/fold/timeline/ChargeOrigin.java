package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** What is known of the charge that a refund or dispute is about. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ChargeOrigin {
  public abstract @Nullable String getChargeId();

  public abstract @Nullable Instant getChargedAt();

  public abstract @Nullable String getNetwork();

  public abstract @Nullable String getInvoiceId();

  public abstract @Nullable String getSubscriptionId();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ChargeOrigin.Builder();
  }

  /** Builds a {@link ChargeOrigin}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setChargeId(@Nullable String value);

    public abstract Builder setChargedAt(@Nullable Instant value);

    public abstract Builder setNetwork(@Nullable String value);

    public abstract Builder setInvoiceId(@Nullable String value);

    public abstract Builder setSubscriptionId(@Nullable String value);

    public abstract ChargeOrigin build();
  }
}
