package org.stripeanalytics.prediction;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/** The logarithm of Cox's partial likelihood, with its first two derivatives. */
final class PartialLikelihood implements NewtonMaximizer.Objective {
  private final List<Observation> observations;
  private final List<double[]> covariates;
  private final TieMethod ties;
  private final int[] latestFirst;

  /**
   * @param covariates a row for each observation, of mean 0
   */
  PartialLikelihood(List<Observation> observations, List<double[]> covariates, TieMethod ties) {
    this.observations = observations;
    this.covariates = covariates;
    this.ties = ties;
    this.latestFirst =
        IntStream.range(0, observations.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -observations.get(i).duration()))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  @Override
  public NewtonMaximizer.Point at(RealVector coefficients) {
    int width = coefficients.getDimension();
    double[] scores = scores(coefficients.toArray());
    Sums atRisk = new Sums(width);
    Derivatives sum = new Derivatives(width);
    int from = 0;
    while (from < latestFirst.length) {
      double time = observations.get(latestFirst[from]).duration();
      Sums dying = new Sums(width);
      int to = from;
      int events = 0;
      while (to < latestFirst.length && observations.get(latestFirst[to]).duration() == time) {
        int i = latestFirst[to++];
        atRisk.add(covariates.get(i), Math.exp(scores[i]));
        if (observations.get(i).event()) {
          events++;
          dying.add(covariates.get(i), Math.exp(scores[i]));
          sum.addEvent(covariates.get(i), scores[i]);
        }
      }
      for (int event = 0; event < events; event++) {
        sum.subtractRiskSet(atRisk, dying, ties.leftOut(event, events));
      }
      from = to;
    }
    return new NewtonMaximizer.Point(
        sum.value, MatrixUtils.createRealVector(sum.gradient), sum.hessian());
  }

  /** Logarithms of relative hazards. Only ratios of them matter, so the greatest is made 0. */
  private double[] scores(double[] coefficients) {
    double[] scores = new double[covariates.size()];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      double[] row = covariates.get(i);
      for (int j = 0; j < row.length; j++) {
        scores[i] += coefficients[j] * row[j];
      }
      greatest = Math.max(greatest, scores[i]);
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] -= greatest;
    }
    return scores;
  }

  /** Sums over people of their hazard, and of it times their covariates and the products of two. */
  private static final class Sums {
    private double hazard;
    private final double[] first;
    private final double[][] second;

    Sums(int width) {
      first = new double[width];
      second = new double[width][width];
    }

    void add(double[] row, double hazardOfOne) {
      hazard += hazardOfOne;
      for (int j = 0; j < row.length; j++) {
        first[j] += hazardOfOne * row[j];
        for (int k = 0; k <= j; k++) {
          second[j][k] += hazardOfOne * row[j] * row[k];
        }
      }
    }
  }

  private static final class Derivatives {
    private double value;
    private final double[] gradient;
    private final double[][] information;

    Derivatives(int width) {
      gradient = new double[width];
      information = new double[width][width];
    }

    void addEvent(double[] row, double score) {
      value += score;
      for (int j = 0; j < row.length; j++) {
        gradient[j] += row[j];
      }
    }

    void subtractRiskSet(Sums atRisk, Sums dying, double leftOut) {
      double hazard = atRisk.hazard - leftOut * dying.hazard;
      value -= Math.log(hazard);
      double[] mean = new double[gradient.length];
      for (int j = 0; j < mean.length; j++) {
        mean[j] = (atRisk.first[j] - leftOut * dying.first[j]) / hazard;
        gradient[j] -= mean[j];
        for (int k = 0; k <= j; k++) {
          information[j][k] +=
              (atRisk.second[j][k] - leftOut * dying.second[j][k]) / hazard - mean[j] * mean[k];
        }
      }
    }

    RealMatrix hessian() {
      RealMatrix hessian = MatrixUtils.createRealMatrix(gradient.length, gradient.length);
      for (int j = 0; j < gradient.length; j++) {
        for (int k = 0; k <= j; k++) {
          hessian.setEntry(j, k, -information[j][k]);
          hessian.setEntry(k, j, -information[j][k]);
        }
      }
      return hessian;
    }
  }
}
