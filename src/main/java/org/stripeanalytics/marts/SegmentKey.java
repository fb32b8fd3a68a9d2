package org.stripeanalytics.marts;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.stripeanalytics.intermediate.CustomerSegments;
import org.stripeanalytics.model.schema.RowSchema;

/** One row group of a mart: a segment and one of its values. */
@AutoValue
@DefaultSchema(RowSchema.class)
public abstract class SegmentKey {
  public abstract String getSegment();

  public abstract String getSegmentValue();

  public static SegmentKey of(String segment, String value) {
    return builder().setSegment(segment).setSegmentValue(value).build();
  }

  /** Everywhere a customer is counted: the values of each segment sum to {@code all}. */
  static ImmutableList<SegmentKey> of(CustomerSegments segments) {
    return ImmutableList.of(
        of("all", "all"),
        of("region", segments.getRegion()),
        of("country", segments.getCountry()),
        of("channel", segments.getChannel()),
        of("initial_plan", segments.getInitialPlan()));
  }

  static Builder builder() {
    return new AutoValue_SegmentKey.Builder();
  }

  /** Beam rebuilds keys through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setSegment(String segment);

    abstract Builder setSegmentValue(String value);

    abstract SegmentKey build();
  }
}
