package org.stripeanalytics.prediction;

import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.special.Gamma;

/**
 * The logarithm of the share that renews, as a function of the parameters that are searched for:
 * the logit of the probability to leave at the first renewal, the logarithm of 1 / (alpha + beta)
 * where the family has alpha and beta, and the logarithm of c where it has c.
 */
enum LogRetention {
  SHIFTED_BETA_GEOMETRIC(2) {
    @Override
    DerivativeStructure at(int renewal, DerivativeStructure[] searched) {
      DerivativeStructure stays = logistic(searched[0].negate());
      DerivativeStructure earlier = searched[1].exp().multiply(renewal - 1);
      // (beta + t − 1) / (alpha + beta + t − 1), both divided by alpha + beta.
      return stays.add(earlier).log().subtract(earlier.log1p());
    }
  },

  BETA_DISCRETE_WEIBULL(3) {
    @Override
    DerivativeStructure at(int renewal, DerivativeStructure[] searched) {
      DerivativeStructure total = searched[1].negate().exp();
      DerivativeStructure beta = logistic(searched[0].negate()).multiply(total);
      DerivativeStructure c = searched[2].exp();
      DerivativeStructure now = power(renewal, c);
      DerivativeStructure before = power(renewal - 1, c);
      // B(alpha, beta + t^c) / B(alpha, beta + (t − 1)^c)
      return logGammaDifference(beta, now, before).subtract(logGammaDifference(total, now, before));
    }
  },

  DISCRETE_WEIBULL(2) {
    @Override
    DerivativeStructure at(int renewal, DerivativeStructure[] searched) {
      DerivativeStructure c = searched[1].exp();
      DerivativeStructure exponent = power(renewal, c).subtract(power(renewal - 1, c));
      return logistic(searched[0].negate()).log().multiply(exponent);
    }
  };

  private final int parameters;

  LogRetention(int parameters) {
    this.parameters = parameters;
  }

  int parameters() {
    return parameters;
  }

  /**
   * @param renewal counted from 1
   */
  abstract DerivativeStructure at(int renewal, DerivativeStructure[] searched);

  private static DerivativeStructure logGammaDifference(
      DerivativeStructure from, DerivativeStructure now, DerivativeStructure before) {
    return Gamma.logGamma(from.add(now)).subtract(Gamma.logGamma(from.add(before)));
  }

  private static DerivativeStructure logistic(DerivativeStructure logit) {
    return logit.negate().exp().add(1).reciprocal();
  }

  /** Of 0 and 1 the power is itself, whatever the exponent, and so are its derivatives 0. */
  private static DerivativeStructure power(int base, DerivativeStructure exponent) {
    return base <= 1
        ? exponent.getFactory().constant(base)
        : exponent.multiply(Math.log(base)).exp();
  }
}
