package org.stripeanalytics.prediction;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.util.FastMath;
import org.stripeanalytics.prediction.NewtonMaximizer.Optimum;
import org.stripeanalytics.prediction.NewtonMaximizer.Point;

/**
 * Logistic regression of counted outcomes on columns that are 0 or 1, with a quadratic penalty on
 * every coefficient but the intercept: maximises Σ events · ln p + (trials − events) · ln(1 − p) −
 * penalty, which a {@link Prior} says.
 *
 * @param coefficients the intercept, then one for each column
 * @param variances of the coefficients, penalties counting as what is known beforehand; NaN where
 *     columns that nothing is known of depend on each other
 * @param covariances of each coefficient with the next one, likewise
 * @param logLikelihood without the penalty and without binomial coefficients
 * @param converged whether the last Newton step was small; without a penalty it never is where a
 *     column separates events from the rest
 */
public record LogisticRegression(
    ImmutableDoubleArray coefficients,
    ImmutableDoubleArray variances,
    ImmutableDoubleArray covariances,
    double logLikelihood,
    boolean converged) {
  static final int MOST_STEPS = 50;

  /**
   * Trials that are alike.
   *
   * @param columns those that are 1, each once, ascending
   */
  public record Trials(ImmutableIntArray columns, long trials, long events) {
    public Trials {
      checkArgument(events >= 0 && events <= trials, "%s events of %s trials", events, trials);
    }
  }

  /**
   * @param width number of columns
   * @param penalty of every column, at least 0
   * @throws IllegalArgumentException when there are no events, or nothing but events
   */
  public static LogisticRegression fit(List<Trials> cells, int width, double penalty) {
    return fit(
        Cells.of(cells, ImmutableList.of()), Prior.ridge(width, penalty), 1, null, MOST_STEPS);
  }

  /**
   * @param weight how much a trial tells: below 1 where the same event is in several of them
   * @param near a fit to start from, of the same columns; null for none
   * @param steps most steps of Newton's method
   * @throws IllegalArgumentException when there are no events, or nothing but events
   */
  static LogisticRegression fit(
      Cells cells, Prior prior, double weight, @Nullable LogisticRegression near, int steps) {
    double trials = Arrays.stream(cells.trials()).sum();
    double events = Arrays.stream(cells.events()).sum();
    checkArgument(
        events > 0 && events < trials, "%s events of %s trials", (long) events, (long) trials);
    RealVector start = new ArrayRealVector(prior.width() + 1);
    if (near == null) {
      start.setSubVector(1, new ArrayRealVector(prior.mean().toArray(), false));
      start.setEntry(0, FastMath.log(events / (trials - events)));
    } else {
      start = new ArrayRealVector(near.coefficients().toArray(), false);
    }
    Likelihood likelihood = new Likelihood(cells, prior, weight);
    Optimum end = new NewtonMaximizer(likelihood, where -> true, steps).from(start);
    double[] variances = new double[prior.width() + 1];
    double[] covariances = new double[prior.width()];
    spread(end.point().hessian(), variances, covariances);
    return new LogisticRegression(
        ImmutableDoubleArray.copyOf(end.where().toArray()),
        ImmutableDoubleArray.copyOf(variances),
        ImmutableDoubleArray.copyOf(covariances),
        likelihood.withoutPenalty(end),
        end.converged());
  }

  private static void spread(RealMatrix hessian, double[] variances, double[] covariances) {
    try {
      RealMatrix inverse =
          new CholeskyDecomposition(hessian.scalarMultiply(-1), 1e-9, 0).getSolver().getInverse();
      Arrays.setAll(variances, j -> inverse.getEntry(j, j));
      Arrays.setAll(covariances, j -> inverse.getEntry(j, j + 1));
    } catch (MathIllegalArgumentException e) {
      Arrays.fill(variances, Double.NaN);
      Arrays.fill(covariances, Double.NaN);
    }
  }

  static double logistic(double logit) {
    return 1 / (1 + FastMath.exp(-logit));
  }

  /** ln(1 + e^x), without overflow. */
  static double softplus(double x) {
    return Math.max(x, 0) + FastMath.log1p(FastMath.exp(-Math.abs(x)));
  }

  /** The logarithm of the likelihood less the penalty, with its derivatives. */
  private record Likelihood(Cells cells, Prior prior, double weight)
      implements NewtonMaximizer.Objective {

    double withoutPenalty(Optimum end) {
      double[] beta = end.where().toArray();
      double penalty =
          prior.subtract(beta, new double[beta.length], new double[beta.length][beta.length]);
      return (end.value() + penalty) / weight;
    }

    @Override
    public Point at(RealVector where) {
      double[] beta = where.toArray();
      double[] gradient = new double[beta.length];
      double[][] hessian = new double[beta.length][beta.length];
      double value = 0;
      double[] moves = cells.moves(beta);
      int from = 0;
      for (int c = 0; c < cells.ends().length; c++) {
        value += add(c, from, moves, gradient, hessian);
        from = cells.ends()[c];
      }
      cells.complete(gradient, hessian);
      for (int i = 0; i < beta.length; i++) {
        gradient[i] *= weight;
        for (int j = 0; j <= i; j++) {
          hessian[i][j] *= weight;
        }
      }
      double penalty = prior.subtract(beta, gradient, hessian);
      Cells.mirror(hessian);
      return new Point(
          weight * value - penalty,
          new ArrayRealVector(gradient, false),
          new Array2DRowRealMatrix(hessian, false));
    }

    /** Adds a cell's derivatives, the lower triangle of the second ones; returns its likelihood. */
    private double add(int cell, int from, double[] moves, double[] gradient, double[][] hessian) {
      int[] columns = cells.columns();
      int to = cells.ends()[cell];
      double logit = moves[0];
      for (int k = from; k < to; k++) {
        logit += moves[columns[k]];
      }
      double trials = cells.trials()[cell];
      double events = cells.events()[cell];
      // One exponential serves the probability and the logarithm: they are most of the time.
      double small = FastMath.exp(-Math.abs(logit));
      double p = (logit < 0 ? small : 1) / (1 + small);
      double residual = events - trials * p;
      double curvature = trials * p * (1 - p);
      gradient[0] += residual;
      hessian[0][0] -= curvature;
      for (int k = from; k < to; k++) {
        gradient[columns[k]] += residual;
        double[] row = hessian[columns[k]];
        row[0] -= curvature;
        for (int l = from; l <= k; l++) {
          row[columns[l]] -= curvature;
        }
      }
      return events * logit - trials * (Math.max(logit, 0) + FastMath.log1p(small));
    }
  }
}
