package org.stripeanalytics.prediction;

import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The log likelihood of a cohort under a family of curves, with its first two derivatives. It is
 * that of the papers, written by renewals: of those who came to one, so many renewed and so many
 * left.
 */
final class RetentionLikelihood implements NewtonMaximizer.Objective {
  /** Where alpha + beta is 100,000, no cohort tells its customers from ones who are all alike. */
  static final double LEAST_LOG_DISPERSION = Math.log(1e-5);

  /** What the logarithm or logit of anything searched for may be: up to about 3 million. */
  private static final double MOST = 15;

  /** Of c: there t^c is all or nothing from one period to the next. */
  private static final double MOST_LOG_SHAPE = Math.log(100);

  private final LogRetention family;
  private final Cohort cohort;
  private final DSFactory derivatives;

  RetentionLikelihood(LogRetention family, Cohort cohort) {
    this.family = family;
    this.cohort = cohort;
    this.derivatives = new DSFactory(family.parameters(), 2);
  }

  @Override
  public NewtonMaximizer.Point at(RealVector searched) {
    DerivativeStructure[] variables = new DerivativeStructure[family.parameters()];
    for (int i = 0; i < variables.length; i++) {
      variables[i] = derivatives.variable(i, searched.getEntry(i));
    }
    DerivativeStructure sum = derivatives.constant(0);
    for (int t = 1; t <= cohort.renewals() && cohort.left(t - 1) > 0; t++) {
      DerivativeStructure logRetention = family.at(t, variables);
      if (cohort.left(t) > 0) {
        sum = sum.add(logRetention.multiply(cohort.left(t)));
      }
      if (cohort.lost(t) > 0) {
        sum = sum.add(logRetention.expm1().negate().log().multiply(cohort.lost(t)));
      }
    }
    return point(sum);
  }

  boolean isWithinBounds(RealVector searched) {
    boolean hasShape = family != LogRetention.SHIFTED_BETA_GEOMETRIC;
    boolean hasDispersion = family != LogRetention.DISCRETE_WEIBULL;
    return searched.getLInfNorm() <= MOST
        && (!hasDispersion || searched.getEntry(1) >= LEAST_LOG_DISPERSION)
        && (!hasShape
            || Math.abs(searched.getEntry(searched.getDimension() - 1)) <= MOST_LOG_SHAPE);
  }

  private static NewtonMaximizer.Point point(DerivativeStructure value) {
    int n = value.getFreeParameters();
    double[] gradient = new double[n];
    RealMatrix hessian = MatrixUtils.createRealMatrix(n, n);
    for (int i = 0; i < n; i++) {
      int[] first = new int[n];
      first[i] = 1;
      gradient[i] = value.getPartialDerivative(first);
      for (int j = 0; j < n; j++) {
        int[] second = first.clone();
        second[j]++;
        hessian.setEntry(i, j, value.getPartialDerivative(second));
      }
    }
    return new NewtonMaximizer.Point(
        value.getValue(), MatrixUtils.createRealVector(gradient), hessian);
  }
}
