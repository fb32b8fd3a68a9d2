package org.stripeanalytics.prediction;

import static com.google.common.base.Preconditions.checkArgument;

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
 * ½ · Σ penalty · coefficient².
 *
 * @param coefficients the intercept, then one for each column
 * @param variances of the coefficients, penalties counting as what is known beforehand; NaN where
 *     columns that nothing is known of depend on each other
 * @param logLikelihood without the penalty and without binomial coefficients
 * @param converged whether the last Newton step was small; without a penalty it never is where a
 *     column separates events from the rest
 */
public record LogisticRegression(
    ImmutableDoubleArray coefficients,
    ImmutableDoubleArray variances,
    double logLikelihood,
    boolean converged) {
  private static final int MOST_STEPS = 50;

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
    double[] penalties = new double[width];
    Arrays.fill(penalties, penalty);
    return fit(cells, ImmutableDoubleArray.copyOf(penalties), 1, null);
  }

  /**
   * @param penalties one for each column, at least 0
   * @param weight how much a trial tells: below 1 where the same event is in several of them
   * @param near a fit to start from, of the same columns; null for none
   * @throws IllegalArgumentException when there are no events, or nothing but events
   */
  static LogisticRegression fit(
      List<Trials> cells,
      ImmutableDoubleArray penalties,
      double weight,
      @Nullable LogisticRegression near) {
    long trials = cells.stream().mapToLong(Trials::trials).sum();
    long events = cells.stream().mapToLong(Trials::events).sum();
    checkArgument(events > 0 && events < trials, "%s events of %s trials", events, trials);
    RealVector start = new ArrayRealVector(penalties.length() + 1);
    if (near == null) {
      start.setEntry(0, FastMath.log((double) events / (trials - events)));
    } else {
      start = new ArrayRealVector(near.coefficients().toArray(), false);
    }
    Likelihood likelihood = new Likelihood(cells, penalties, weight);
    Optimum end = new NewtonMaximizer(likelihood, where -> true, MOST_STEPS).from(start);
    return new LogisticRegression(
        ImmutableDoubleArray.copyOf(end.where().toArray()),
        variances(end.point().hessian()),
        (end.value() + likelihood.penaltyAt(end.where())) / weight,
        end.converged());
  }

  private static ImmutableDoubleArray variances(RealMatrix hessian) {
    double[] variances = new double[hessian.getRowDimension()];
    try {
      RealMatrix inverse =
          new CholeskyDecomposition(hessian.scalarMultiply(-1), 1e-9, 0).getSolver().getInverse();
      Arrays.setAll(variances, j -> inverse.getEntry(j, j));
    } catch (MathIllegalArgumentException e) {
      Arrays.fill(variances, Double.NaN);
    }
    return ImmutableDoubleArray.copyOf(variances);
  }

  static double logistic(double logit) {
    return 1 / (1 + FastMath.exp(-logit));
  }

  /** ln(1 + e^x), without overflow. */
  static double softplus(double x) {
    return Math.max(x, 0) + FastMath.log1p(FastMath.exp(-Math.abs(x)));
  }

  /** The logarithm of the likelihood less the penalty, with its derivatives. */
  private record Likelihood(List<Trials> cells, ImmutableDoubleArray penalties, double weight)
      implements NewtonMaximizer.Objective {

    double penaltyAt(RealVector where) {
      double sum = 0;
      for (int j = 1; j <= penalties.length(); j++) {
        sum += penalties.get(j - 1) / 2 * where.getEntry(j) * where.getEntry(j);
      }
      return sum;
    }

    @Override
    public Point at(RealVector where) {
      int width = penalties.length();
      double[] beta = where.toArray();
      double[] gradient = new double[width + 1];
      double[][] hessian = new double[width + 1][width + 1];
      double value = 0;
      for (Trials cell : cells) {
        value += add(cell, beta, gradient, hessian);
      }
      value *= weight;
      for (int i = 0; i <= width; i++) {
        gradient[i] *= weight;
        for (int j = 0; j <= i; j++) {
          hessian[i][j] *= weight;
        }
      }
      for (int j = 1; j <= width; j++) {
        gradient[j] -= penalties.get(j - 1) * beta[j];
        hessian[j][j] -= penalties.get(j - 1);
      }
      for (int i = 0; i <= width; i++) {
        for (int j = 0; j < i; j++) {
          hessian[j][i] = hessian[i][j];
        }
      }
      return new Point(
          value - penaltyAt(where),
          new ArrayRealVector(gradient, false),
          new Array2DRowRealMatrix(hessian, false));
    }

    /** Adds a cell's derivatives, the lower triangle of the second ones; returns its likelihood. */
    private static double add(Trials cell, double[] beta, double[] gradient, double[][] hessian) {
      ImmutableIntArray columns = cell.columns();
      double logit = beta[0];
      for (int k = 0; k < columns.length(); k++) {
        logit += beta[1 + columns.get(k)];
      }
      // One exponential serves the probability and the logarithm: they are most of the time.
      double small = FastMath.exp(-Math.abs(logit));
      double p = (logit < 0 ? small : 1) / (1 + small);
      double residual = cell.events() - cell.trials() * p;
      double weight = cell.trials() * p * (1 - p);
      for (int k = -1; k < columns.length(); k++) {
        int i = k < 0 ? 0 : 1 + columns.get(k);
        gradient[i] += residual;
        double[] row = hessian[i];
        row[0] -= weight;
        for (int l = 0; l <= k; l++) {
          row[1 + columns.get(l)] -= weight;
        }
      }
      return cell.events() * logit - cell.trials() * (Math.max(logit, 0) + FastMath.log1p(small));
    }
  }
}
