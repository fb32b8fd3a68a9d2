package org.stripeanalytics.fold.state;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** A trial as some version of a subscription had it. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Trial {
  public abstract Instant getStartedAt();

  public abstract @Nullable Instant getEndsAt();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Trial.Builder();
  }

  /** Builds a {@link Trial}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setStartedAt(Instant value);

    public abstract Builder setEndsAt(@Nullable Instant value);

    public abstract Trial build();
  }
}
