package org.stripeanalytics.prediction;

import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Newton's method for a maximum, with the Hessian from the function itself. A step that does not
 * increase the function, or that is taken where it is not concave, is shortened and turned towards
 * the gradient, as Levenberg and Marquardt do.
 */
final class NewtonMaximizer {
  private static final double SMALL_STEP = 1e-10;

  /** What rounding may take from a sum of thousands of logarithms. */
  private static final double ROUNDING = 1e-13;

  private static final double FIRST_DAMPING = 1e-4;
  private static final double MOST_DAMPING = 1e12;

  /** A function with its first two derivatives. Where it is not defined its value is not finite. */
  interface Objective {
    Point at(RealVector where);
  }

  /**
   * @param gradient of the function at this point
   * @param hessian symmetric
   */
  record Point(double value, RealVector gradient, RealMatrix hessian) {}

  /** Whether a point may be gone to; the search ends before one that may not. */
  interface Region {
    boolean contains(RealVector where);
  }

  /**
   * Where a search ended.
   *
   * @param lastStep the step that led here; where the function increases without end it is not
   *     small
   * @param converged whether the last step was small, so that this is a maximum
   */
  record Optimum(RealVector where, Point point, RealVector lastStep, boolean converged) {
    double value() {
      return point.value();
    }
  }

  private final Objective objective;
  private final Region region;
  private final int mostSteps;

  NewtonMaximizer(Objective objective, Region region, int mostSteps) {
    this.objective = objective;
    this.region = region;
    this.mostSteps = mostSteps;
  }

  Optimum from(RealVector start) {
    RealVector where = start;
    Point point = objective.at(where);
    RealVector step = new ArrayRealVector(start.getDimension(), Double.POSITIVE_INFINITY);
    double damping = 0;
    for (int i = 0; i < mostSteps && Double.isFinite(point.value()); i++) {
      Move move = move(where, point, damping);
      if (move == null) {
        break;
      }
      where = move.where();
      point = move.point();
      step = move.step();
      damping = move.damping() < FIRST_DAMPING ? 0 : move.damping() / 10;
      // A damped step is short without the maximum being near.
      if (move.damping() == 0 && step.getLInfNorm() < SMALL_STEP) {
        return new Optimum(where, point, step, true);
      }
    }
    return new Optimum(where, point, step, false);
  }

  private record Move(RealVector where, Point point, RealVector step, double damping) {}

  /** The next step, as little damped as can be; null if none increases the function. */
  private Move move(RealVector where, Point point, double leastDamping) {
    double allowedLoss = ROUNDING * Math.abs(point.value());
    for (double damping = leastDamping;
        damping <= MOST_DAMPING;
        damping = damping == 0 ? FIRST_DAMPING : damping * 10) {
      RealVector step = step(point, damping);
      if (step == null) {
        continue;
      }
      RealVector next = where.add(step);
      if (!region.contains(next)) {
        // Shorter steps would creep along the border for ever.
        if (damping > 1) {
          return null;
        }
        continue;
      }
      Point there = objective.at(next);
      if (there.value() >= point.value() - allowedLoss) {
        return new Move(next, there, step, damping);
      }
    }
    return null;
  }

  /** Solves (−H + damping · D) step = gradient; null where that matrix is not positive definite. */
  private static RealVector step(Point point, double damping) {
    RealMatrix curvature = point.hessian().scalarMultiply(-1);
    for (int i = 0; i < curvature.getRowDimension(); i++) {
      curvature.addToEntry(i, i, damping * Math.max(1e-8, Math.abs(curvature.getEntry(i, i))));
    }
    try {
      return new CholeskyDecomposition(curvature, 1e-9, 0).getSolver().solve(point.gradient());
    } catch (MathIllegalArgumentException e) {
      return null;
    }
  }
}
