package org.stripeanalytics.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;

/**
 * One way through the channels, and how often it was taken. Its grain is a distinct path or a
 * single customer, as its maker likes: two equal journeys are the same as one of their sums.
 *
 * @param touches the channels in the order in which they were met, at least one, as indexes into
 *     {@link Journeys#channels()}
 * @param daysBefore days from each touch to the end of the journey; empty if they are not known
 * @param conversions how often it ended in a conversion
 * @param value what those conversions were worth together, in any unit
 * @param nulls how often it ended without a conversion
 */
public record Journey(
    ImmutableIntArray touches,
    ImmutableDoubleArray daysBefore,
    double conversions,
    double value,
    double nulls) {

  public Journey {
    checkArgument(!touches.isEmpty(), "a journey without a touch");
    checkArgument(
        daysBefore.isEmpty() || daysBefore.length() == touches.length(),
        "%s touches and %s distances",
        touches.length(),
        daysBefore.length());
    checkArgument(
        conversions >= 0 && value >= 0 && nulls >= 0,
        "negative: %s conversions, value %s, %s nulls",
        conversions,
        value,
        nulls);
  }

  /** How often it was taken, whatever its end. */
  double times() {
    return conversions + nulls;
  }
}
