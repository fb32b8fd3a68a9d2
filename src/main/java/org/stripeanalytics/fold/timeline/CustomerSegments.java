package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * Where a customer is counted in every mart, fixed for its life, so that a mart's identities hold
 * inside each segment value.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class CustomerSegments {
  /** The first address country ever seen; {@code unknown} without one. */
  public abstract String getCountry();

  /** The region of that country; {@code unknown} where the geography does not list it. */
  public abstract String getRegion();

  /** {@code metadata.channel}; {@code unknown} without one. */
  public abstract String getChannel();

  /** The plan first subscribed to, whatever came of it; {@code none} without a subscription. */
  public abstract String getInitialPlan();

  public static CustomerSegments of(
      String country, String region, String channel, String initialPlan) {
    return builder()
        .setCountry(country)
        .setRegion(region)
        .setChannel(channel)
        .setInitialPlan(initialPlan)
        .build();
  }

  static Builder builder() {
    return new AutoValue_CustomerSegments.Builder();
  }

  /** Beam rebuilds segments through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setCountry(String country);

    abstract Builder setRegion(String region);

    abstract Builder setChannel(String channel);

    abstract Builder setInitialPlan(String plan);

    abstract CustomerSegments build();
  }
}
