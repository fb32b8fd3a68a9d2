package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code status_transitions} of {@link Invoice}: when it reached its statuses. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class StatusTransitions {
  public abstract @Nullable Instant getFinalizedAt();

  public abstract @Nullable Instant getMarkedUncollectibleAt();

  public abstract @Nullable Instant getPaidAt();

  public abstract @Nullable Instant getVoidedAt();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_StatusTransitions.Builder();
  }

  /** Builds a {@link StatusTransitions}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setFinalizedAt(@Nullable Instant value);

    public abstract Builder setMarkedUncollectibleAt(@Nullable Instant value);

    public abstract Builder setPaidAt(@Nullable Instant value);

    public abstract Builder setVoidedAt(@Nullable Instant value);

    public abstract StatusTransitions build();
  }
}
