package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code cancellation_details} of {@link Subscription}: why it was cancelled. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CancellationDetails {
  public abstract @Nullable String getComment();

  public abstract @Nullable String getFeedback();

  public abstract @Nullable String getReason();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CancellationDetails.Builder();
  }

  /** Builds a {@link CancellationDetails}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setComment(@Nullable String value);

    public abstract Builder setFeedback(@Nullable String value);

    public abstract Builder setReason(@Nullable String value);

    public abstract CancellationDetails build();
  }
}
