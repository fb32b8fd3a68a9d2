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
      DerivativeStructure alpha = logistic(searched[0]).multiply(total);
      DerivativeStructure beta = logistic(searched[0].negate()).multiply(total);
      DerivativeStructure c = searched[2].exp();
      // B(alpha, beta + t^c) / B(alpha, beta + (t − 1)^c)
      return logGammaRatio(beta.add(power(renewal, c)), alpha)
          .subtract(logGammaRatio(beta.add(power(renewal - 1, c)), alpha));
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

  /** From here the first term of the series that is left out is below 10^−14. */
  private static final double LEAST_FOR_STIRLING = 40;

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

  /**
   * ln Γ(z) − ln Γ(z + a). For a great z that is the small difference of great numbers, so there it
   * is the difference of Stirling's series, term by term.
   */
  private static DerivativeStructure logGammaRatio(DerivativeStructure z, DerivativeStructure a) {
    DerivativeStructure sum = z.add(a);
    if (z.getValue() < LEAST_FOR_STIRLING) {
      return Gamma.logGamma(z).subtract(Gamma.logGamma(sum));
    }
    return z.subtract(0.5)
        .multiply(a.divide(z).log1p())
        .add(a.multiply(sum.log()))
        .negate()
        .add(a)
        .add(stirling(z).subtract(stirling(sum)));
  }

  /** What is left of ln Γ(z) after its leading terms: 1/(12 z) − 1/(360 z³) + 1/(1260 z⁵) … */
  private static DerivativeStructure stirling(DerivativeStructure z) {
    DerivativeStructure inverse = z.reciprocal();
    DerivativeStructure square = inverse.multiply(inverse);
    return square
        .multiply(1 / 1260.0)
        .subtract(1 / 360.0)
        .multiply(square)
        .add(1 / 12.0)
        .multiply(inverse);
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
