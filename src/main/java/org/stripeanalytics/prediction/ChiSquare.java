package org.stripeanalytics.prediction;

import org.hipparchus.special.Gamma;

/** A statistic that is distributed as chi-square, if what is tested holds. */
public record ChiSquare(double statistic, int degreesOfFreedom) {

  /** The probability of a statistic at least this great. */
  public double p() {
    return statistic <= 0 ? 1 : Gamma.regularizedGammaQ(degreesOfFreedom / 2.0, statistic / 2);
  }
}
