package org.stripeanalytics.model.intermediate;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code attempt_log} of {@link InvoiceSettlement}: the attempts, in time order. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SettlementAttempt {
  public abstract String getChargeId();

  public abstract Instant getAttemptedAt();

  public abstract String getStatus();

  public abstract @Nullable String getFailureCode();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SettlementAttempt.Builder();
  }

  /** Builds a {@link SettlementAttempt}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setChargeId(String value);

    public abstract Builder setAttemptedAt(Instant value);

    public abstract Builder setStatus(String value);

    public abstract Builder setFailureCode(@Nullable String value);

    public abstract SettlementAttempt build();
  }
}
