package org.stripeanalytics.identity;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** What a row of a source says of a customer besides who it is. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class Profile {
  /** Of two tables that say something the one of the lesser rank counts. */
  public abstract long getRank();

  /** The company's name. */
  public abstract @Nullable String getCompany();

  /** The person in sales whom the customer belongs to, by the source's id. */
  public abstract @Nullable String getOwner();

  public abstract @Nullable String getLifecycleStage();

  public static Builder builder() {
    return new AutoValue_Profile.Builder();
  }

  /** Beam rebuilds profiles through it. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setRank(long value);

    public abstract Builder setCompany(@Nullable String value);

    public abstract Builder setOwner(@Nullable String value);

    public abstract Builder setLifecycleStage(@Nullable String value);

    public abstract Profile build();
  }
}
