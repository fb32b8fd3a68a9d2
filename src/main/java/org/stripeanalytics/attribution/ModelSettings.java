package org.stripeanalytics.attribution;

import java.util.Locale;

/**
 * The choices that some of the models leave open.
 *
 * @param halfLife of time decay, in days
 * @param daysBetween days from one touch to the next, for time decay of journeys without times
 * @param order of the Markov chain, from 1
 * @param worth of a coalition in Shapley's game
 */
public record ModelSettings(double halfLife, double daysBetween, int order, Worth worth) {
  public static final double USUAL_HALF_LIFE = 7;

  /** Without times each touch is a half-life before the next, and takes half as much. */
  public static final ModelSettings USUAL =
      new ModelSettings(USUAL_HALF_LIFE, USUAL_HALF_LIFE, 1, Worth.SUBSETS);

  /** What a coalition of channels is worth. */
  public enum Worth {
    /** {@link ShapleyValue#ofSubsets}. */
    SUBSETS,
    /** {@link ShapleyValue#ofRates}. */
    RATE,
    /** {@link ShapleyValue#ofGame}. */
    GAME;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
