package org.stripeanalytics.prediction;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;
import org.hipparchus.util.FastMath;
import org.stripeanalytics.prediction.NewtonMaximizer.Optimum;
import org.stripeanalytics.prediction.NewtonMaximizer.Point;

/**
 * Logistic regression of counted outcomes on columns that are 0 or 1, with a quadratic penalty on
 * every coefficient but the intercept: maximises Σ events · ln p + (trials − events) · ln(1 − p) −
 * penalty / 2 · Σ coefficient².
 *
 * @param coefficients the intercept, then one for each column
 * @param logLikelihood without the penalty and without binomial coefficients
 * @param converged whether the last Newton step was small; without a penalty it never is where a
 *     column separates events from the rest
 */
public record LogisticRegression(
    ImmutableDoubleArray coefficients, double logLikelihood, boolean converged) {
  private static final int MOST_STEPS = 50;

  /**
   * Trials that are alike.
   *
   * @param columns those that are 1, each once
   */
  public record Trials(ImmutableIntArray columns, long trials, long events) {
    public Trials {
      checkArgument(events >= 0 && events <= trials, "%s events of %s trials", events, trials);
    }
  }

  /**
   * @param width number of columns
   * @param penalty at least 0
   * @throws IllegalArgumentException when there are no events, or nothing but events
   */
  public static LogisticRegression fit(List<Trials> cells, int width, double penalty) {
    long trials = cells.stream().mapToLong(Trials::trials).sum();
    long events = cells.stream().mapToLong(Trials::events).sum();
    checkArgument(events > 0 && events < trials, "%s events of %s trials", events, trials);
    RealVector start = new ArrayRealVector(width + 1);
    start.setEntry(0, FastMath.log((double) events / (trials - events)));
    Likelihood likelihood = new Likelihood(cells, width, penalty);
    Optimum end = new NewtonMaximizer(likelihood, where -> true, MOST_STEPS).from(start);
    return new LogisticRegression(
        ImmutableDoubleArray.copyOf(end.where().toArray()),
        end.value() + likelihood.penaltyAt(end.where()),
        end.converged());
  }

  static double logistic(double logit) {
    return 1 / (1 + FastMath.exp(-logit));
  }

  /** ln(1 + e^x), without overflow. */
  static double softplus(double x) {
    return Math.max(x, 0) + FastMath.log1p(FastMath.exp(-Math.abs(x)));
  }

  /** The logarithm of the likelihood less the penalty, with its derivatives. */
  private record Likelihood(List<Trials> cells, int width, double penalty)
      implements NewtonMaximizer.Objective {

    double penaltyAt(RealVector where) {
      double squares = 0;
      for (int j = 1; j <= width; j++) {
        squares += where.getEntry(j) * where.getEntry(j);
      }
      return penalty / 2 * squares;
    }

    @Override
    public Point at(RealVector where) {
      double[] beta = where.toArray();
      double[] gradient = new double[width + 1];
      double[][] hessian = new double[width + 1][width + 1];
      double value = 0;
      for (Trials cell : cells) {
        value += add(cell, beta, gradient, hessian);
      }
      for (int j = 1; j <= width; j++) {
        gradient[j] -= penalty * beta[j];
        hessian[j][j] -= penalty;
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
      double p = logistic(logit);
      double residual = cell.events() - cell.trials() * p;
      double weight = cell.trials() * p * (1 - p);
      for (int k = -1; k < columns.length(); k++) {
        int i = k < 0 ? 0 : 1 + columns.get(k);
        gradient[i] += residual;
        for (int l = -1; l <= k; l++) {
          int j = l < 0 ? 0 : 1 + columns.get(l);
          hessian[Math.max(i, j)][Math.min(i, j)] -= weight;
        }
      }
      return cell.events() * logit - cell.trials() * softplus(logit);
    }
  }
}
