package org.stripeanalytics.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Divides what a journey brought among its touches, without a look at other journeys. */
public interface TouchRule {
  /**
   * The weight of each touch of a journey, in its order. They are not negative, and only their
   * proportions count.
   */
  double[] weights(Journey journey);

  /** The first touch takes all. */
  static TouchRule first() {
    return journey -> {
      double[] weights = new double[journey.touches().length()];
      weights[0] = 1;
      return weights;
    };
  }

  /** The last touch takes all. */
  static TouchRule last() {
    return journey -> {
      double[] weights = new double[journey.touches().length()];
      weights[weights.length - 1] = 1;
      return weights;
    };
  }

  /** All touches take the same. */
  static TouchRule linear() {
    return journey -> {
      double[] weights = new double[journey.touches().length()];
      Arrays.fill(weights, 1);
      return weights;
    };
  }

  /**
   * Position-based, or U-shaped: 40 % to the first touch, 40 % to the last, and the touches between
   * share 20 %. Two touches take half each, one takes all. These are the proportions of Google Ads'
   * former model.
   */
  static TouchRule position() {
    return journey -> {
      double[] weights = new double[journey.touches().length()];
      int last = weights.length - 1;
      Arrays.fill(weights, last < 2 ? 0 : 0.2 / (last - 1));
      weights[0] = 0.4;
      weights[last] = 0.4;
      return weights;
    };
  }

  /**
   * Time decay: a touch takes half as much as one that lies a half-life nearer to the end of the
   * journey. Google Ads' former model had a half-life of 7 days.
   *
   * @param halfLife in days
   * @param daysBetween days from one touch to the next, for journeys of which no times are known
   */
  static TouchRule timeDecay(double halfLife, double daysBetween) {
    checkArgument(halfLife > 0, "half-life of %s days", halfLife);
    checkArgument(daysBetween >= 0, "%s days between touches", daysBetween);
    return journey -> {
      double[] days = journey.daysBefore().toArray();
      if (days.length == 0) {
        days = new double[journey.touches().length()];
        for (int i = 0; i < days.length; i++) {
          days[i] = daysBetween * (days.length - 1 - i);
        }
      }
      // Only differences count; without this, journeys of long ago would have weights of zero.
      double latest = Arrays.stream(days).min().orElseThrow();
      return Arrays.stream(days).map(day -> Math.pow(0.5, (day - latest) / halfLife)).toArray();
    };
  }

  /**
   * The credit of each channel over all journeys.
   *
   * @param brought what is divided, such as {@link Journey#conversions()}
   */
  default double[] credits(Journeys journeys, ToDoubleFunction<Journey> brought) {
    double[] credits = new double[journeys.channels().size()];
    for (Journey journey : journeys.journeys()) {
      double[] weights = weights(journey);
      double each = brought.applyAsDouble(journey) / Arrays.stream(weights).sum();
      for (int i = 0; i < weights.length; i++) {
        credits[journey.touches().get(i)] += weights[i] * each;
      }
    }
    return credits;
  }
}
