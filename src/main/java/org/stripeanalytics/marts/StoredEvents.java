package org.stripeanalytics.marts;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** How far the events reach that a run's figures contain, and how many are stored beyond. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class StoredEvents {
  /** When the newest event was created that the figures contain; null without any. */
  public abstract @Nullable Instant getNewestAt();

  /** Events of the warehouse that are of later days than the figures. */
  public abstract long getBehind();

  public static StoredEvents of(@Nullable Instant newestAt, long behind) {
    return builder().setNewestAt(newestAt).setBehind(behind).build();
  }

  static Builder builder() {
    return new AutoValue_StoredEvents.Builder();
  }

  /** Beam rebuilds it through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setNewestAt(@Nullable Instant value);

    abstract Builder setBehind(long value);

    abstract StoredEvents build();
  }
}
