package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.RefundSnapshot;
import org.stripeanalytics.model.schema.RowCoder;

/** The newest version of a refund, with what is known of its charge. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class RefundedCharge {
  public abstract RefundSnapshot getRefund();

  public abstract ChargeOrigin getOrigin();

  /** Whether it only releases money that was held and never captured. */
  public abstract boolean getIsRelease();

  public abstract @Nullable Instant getRefundedAt();

  public abstract long getAmountReportingMinor();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_RefundedCharge.Builder();
  }

  /** Builds a {@link RefundedCharge}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setRefund(RefundSnapshot value);

    public abstract Builder setOrigin(ChargeOrigin value);

    public abstract Builder setIsRelease(boolean value);

    public abstract Builder setRefundedAt(@Nullable Instant value);

    public abstract Builder setAmountReportingMinor(long value);

    public abstract RefundedCharge build();
  }
}
