package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.ChargeSnapshot;
import org.stripeanalytics.model.schema.RowCoder;

/** A charge with what it was for and its place among the attempts for the same invoice. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PaymentAttempt {
  public abstract ChargeSnapshot getCharge();

  /** When it was known how it ended; null while it is not. */
  public abstract @Nullable Instant getDecidedAt();

  public abstract @Nullable String getInvoiceId();

  public abstract @Nullable String getSubscriptionId();

  public abstract long getAttemptNumber();

  public abstract long getAmountReportingMinor();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_PaymentAttempt.Builder();
  }

  /** Builds a {@link PaymentAttempt}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCharge(ChargeSnapshot value);

    public abstract Builder setDecidedAt(@Nullable Instant value);

    public abstract Builder setInvoiceId(@Nullable String value);

    public abstract Builder setSubscriptionId(@Nullable String value);

    public abstract Builder setAttemptNumber(long value);

    public abstract Builder setAmountReportingMinor(long value);

    public abstract PaymentAttempt build();
  }
}
