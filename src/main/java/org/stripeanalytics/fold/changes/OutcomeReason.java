package org.stripeanalytics.fold.changes;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The column of a charge's {@code outcome} that the fold reads. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class OutcomeReason {
  public abstract @Nullable String getReason();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_OutcomeReason.Builder();
  }

  /** Builds a {@link OutcomeReason}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setReason(@Nullable String value);

    public abstract OutcomeReason build();
  }
}
