package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The record {@code pause_collection} of {@link Subscription}: set while payment collection is
 * paused.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class PauseCollection {
  public abstract String getBehavior();

  public abstract @Nullable Instant getResumesAt();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_PauseCollection.Builder();
  }

  /** Builds a {@link PauseCollection}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setBehavior(String value);

    public abstract Builder setResumesAt(@Nullable Instant value);

    public abstract PauseCollection build();
  }
}
