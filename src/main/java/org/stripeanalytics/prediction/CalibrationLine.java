package org.stripeanalytics.prediction;

import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealVector;
import org.hipparchus.util.FastMath;
import org.stripeanalytics.prediction.Accuracy.Scored;
import org.stripeanalytics.prediction.NewtonMaximizer.Optimum;
import org.stripeanalytics.prediction.NewtonMaximizer.Point;

/**
 * The logit of the outcome as a line over the logit of the prediction: intercept 0 and slope 1
 * where predictions are right; a slope below 1 where they are too extreme. Cox, Two further
 * applications of a model for binary regression, Biometrika 45 (1958). NaN where there is no such
 * line.
 */
public record CalibrationLine(double intercept, double slope) {
  static final CalibrationLine UNKNOWN = new CalibrationLine(Double.NaN, Double.NaN);

  private static final int MOST_STEPS = 50;
  private static final double LEAST_PROBABILITY = 1e-12;

  static CalibrationLine of(List<Scored> scored) {
    double[] logits = scored.stream().mapToDouble(group -> logit(group.probability())).toArray();
    Optimum end =
        new NewtonMaximizer(where -> at(where, scored, logits), where -> true, MOST_STEPS)
            .from(MatrixUtils.createRealVector(new double[] {0, 1}));
    return end.converged()
        ? new CalibrationLine(end.where().getEntry(0), end.where().getEntry(1))
        : UNKNOWN;
  }

  private static Point at(RealVector where, List<Scored> scored, double[] logits) {
    double value = 0;
    double[] gradient = new double[2];
    double[][] hessian = new double[2][2];
    for (int i = 0; i < logits.length; i++) {
      Scored group = scored.get(i);
      double x = logits[i];
      double logit = where.getEntry(0) + where.getEntry(1) * x;
      double p = LogisticRegression.logistic(logit);
      double residual = group.events() - group.trials() * p;
      double weight = group.trials() * p * (1 - p);
      value += group.events() * logit - group.trials() * LogisticRegression.softplus(logit);
      gradient[0] += residual;
      gradient[1] += residual * x;
      hessian[0][0] -= weight;
      hessian[0][1] -= weight * x;
      hessian[1][1] -= weight * x * x;
    }
    hessian[1][0] = hessian[0][1];
    return new Point(
        value, MatrixUtils.createRealVector(gradient), MatrixUtils.createRealMatrix(hessian));
  }

  private static double logit(double probability) {
    double p = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probability));
    return FastMath.log(p) - FastMath.log1p(-p);
  }
}
