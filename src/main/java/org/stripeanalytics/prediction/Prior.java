package org.stripeanalytics.prediction;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;

/**
 * What is expected of coefficients before the data speak: a normal distribution whose logarithm is
 * −½ · (Σ own · d² + Σ next · (difference of d and that of the next column)²), where d is how far a
 * coefficient is from its mean. The intercept is not among them.
 *
 * @param mean of each column
 * @param own at least 0, one for each column
 * @param next at least 0, one for each column; that of the last is not used
 */
record Prior(ImmutableDoubleArray mean, ImmutableDoubleArray own, ImmutableDoubleArray next) {
  Prior {
    checkArgument(mean.length() == own.length() && own.length() == next.length());
  }

  /** Around 0, with the same penalty for every column. */
  static Prior ridge(int width, double penalty) {
    double[] zeros = new double[width];
    double[] penalties = new double[width];
    Arrays.fill(penalties, penalty);
    return new Prior(
        ImmutableDoubleArray.copyOf(zeros),
        ImmutableDoubleArray.copyOf(penalties),
        ImmutableDoubleArray.copyOf(zeros));
  }

  int width() {
    return mean.length();
  }

  /**
   * Takes the penalty off a logarithm's derivatives.
   *
   * @param beta the intercept, then a coefficient for each column
   * @param gradient changed in place
   * @param hessian likewise; only its lower triangle
   * @return the penalty
   */
  double subtract(double[] beta, double[] gradient, double[][] hessian) {
    double penalty = 0;
    for (int j = 0; j < width(); j++) {
      double distance = beta[1 + j] - mean.get(j);
      penalty += own.get(j) / 2 * distance * distance;
      gradient[1 + j] -= own.get(j) * distance;
      hessian[1 + j][1 + j] -= own.get(j);
      if (next.get(j) > 0 && j + 1 < width()) {
        double step = beta[2 + j] - mean.get(j + 1) - distance;
        penalty += next.get(j) / 2 * step * step;
        gradient[1 + j] += next.get(j) * step;
        gradient[2 + j] -= next.get(j) * step;
        hessian[1 + j][1 + j] -= next.get(j);
        hessian[2 + j][2 + j] -= next.get(j);
        hessian[2 + j][1 + j] += next.get(j);
      }
    }
    return penalty;
  }
}
