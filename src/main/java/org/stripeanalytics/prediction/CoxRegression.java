package org.stripeanalytics.prediction;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.stripeanalytics.prediction.NewtonMaximizer.Optimum;
import org.stripeanalytics.prediction.NewtonMaximizer.Point;

/**
 * Cox's proportional hazards: the logarithm of the hazard ratio of each covariate, by maximum
 * partial likelihood.
 *
 * @param coefficients one for each covariate, in their order
 * @param logLikelihoodAtZero of a model in which no covariate matters
 * @param likelihoodRatio the tests of all estimable coefficients being 0
 */
public record CoxRegression(
    ImmutableList<Coefficient> coefficients,
    double logLikelihoodAtZero,
    double logLikelihood,
    ChiSquare likelihoodRatio,
    ChiSquare wald,
    ChiSquare score) {

  /**
   * Where the likelihood grows for ever, each Newton step adds about one standard deviation; e to
   * the 30th is beyond any hazard ratio.
   */
  private static final int MOST_STEPS = 30;

  /** What a coefficient that has a finite estimate no longer moves by at the last step. */
  private static final double STILL_MOVING = 1e-3;

  private static final double PIVOT_TOLERANCE = 1e-9;

  /** What is known of a coefficient. */
  public enum Finding {
    ESTIMATED,
    /** The likelihood grows for ever as the coefficient does: the covariate separates events. */
    INFINITE,
    /** As INFINITE, with a coefficient that falls for ever. */
    MINUS_INFINITE,
    /** The covariate is a linear combination of those before it wherever an event happens. */
    NOT_ESTIMABLE
  }

  /**
   * @param value logarithm of the hazard ratio of one unit; NaN, as is the error, unless estimated
   */
  public record Coefficient(double value, double standardError, Finding finding) {
    public double hazardRatio() {
      return Math.exp(value);
    }

    /** The value in standard errors. */
    public double z() {
      return value / standardError;
    }

    /** The two-sided probability of a {@link #z} so great, if the coefficient is 0. */
    public double p() {
      return new ChiSquare(z() * z(), 1).p();
    }

    /** A bound of the 95 % interval of the hazard ratio: side −1 or 1. */
    public double hazardRatioBound(int side) {
      return Math.exp(value + side * KaplanMeier.Z * standardError);
    }
  }

  /**
   * Fits the model.
   *
   * @param covariates one row for each observation, all of the same length
   * @return empty when no coefficient can be estimated, because no event happens while those at
   *     risk differ
   */
  public static Optional<CoxRegression> fit(
      List<Observation> observations, List<double[]> covariates, TieMethod ties) {
    checkArgument(observations.size() == covariates.size(), "rows without a duration");
    if (observations.isEmpty()) {
      return Optional.empty();
    }
    int width = covariates.get(0).length;
    Standardized all = Standardized.of(covariates, range(width));
    ImmutableList<Integer> estimable =
        estimable(
            new PartialLikelihood(observations, all.rows(), ties)
                .at(MatrixUtils.createRealVector(new double[width])));
    if (estimable.isEmpty()) {
      return Optional.empty();
    }
    Standardized standardized = Standardized.of(covariates, estimable);
    PartialLikelihood likelihood = new PartialLikelihood(observations, standardized.rows(), ties);
    RealVector zero = MatrixUtils.createRealVector(new double[estimable.size()]);
    Point start = likelihood.at(zero);
    Optimum end = new NewtonMaximizer(likelihood, where -> true, MOST_STEPS).from(zero);
    RealMatrix information = end.point().hessian().scalarMultiply(-1);
    int degrees = estimable.size();
    return Optional.of(
        new CoxRegression(
            coefficients(end, information, standardized, estimable, width),
            start.value(),
            end.value(),
            new ChiSquare(2 * (end.value() - start.value()), degrees),
            new ChiSquare(end.where().dotProduct(information.operate(end.where())), degrees),
            new ChiSquare(
                start.gradient().dotProduct(solve(start.hessian().scalarMultiply(-1), start)),
                degrees)));
  }

  /** Whether every coefficient that can be estimated has a finite estimate. */
  public boolean isFinite() {
    return coefficients.stream()
        .allMatch(c -> c.finding() == Finding.ESTIMATED || c.finding() == Finding.NOT_ESTIMABLE);
  }

  private static RealVector solve(RealMatrix information, Point point) {
    return new CholeskyDecomposition(information, 1e-9, 0).getSolver().solve(point.gradient());
  }

  private static ImmutableList<Coefficient> coefficients(
      Optimum end,
      RealMatrix information,
      Standardized standardized,
      List<Integer> estimable,
      int width) {
    List<Integer> settled =
        range(estimable.size()).stream()
            .filter(i -> Math.abs(end.lastStep().getEntry(i)) <= STILL_MOVING)
            .toList();
    RealMatrix covariance = covariance(information, settled);
    List<Coefficient> coefficients = new ArrayList<>();
    for (int j = 0; j < width; j++) {
      int i = estimable.indexOf(j);
      if (i < 0) {
        coefficients.add(new Coefficient(Double.NaN, Double.NaN, Finding.NOT_ESTIMABLE));
      } else if (!settled.contains(i)) {
        coefficients.add(
            new Coefficient(
                Double.NaN,
                Double.NaN,
                end.where().getEntry(i) > 0 ? Finding.INFINITE : Finding.MINUS_INFINITE));
      } else {
        int s = settled.indexOf(i);
        coefficients.add(
            new Coefficient(
                end.where().getEntry(i) / standardized.scale(i),
                Math.sqrt(covariance.getEntry(s, s)) / standardized.scale(i),
                Finding.ESTIMATED));
      }
    }
    return ImmutableList.copyOf(coefficients);
  }

  /** Of coefficients with finite estimates; in the limit the others have no information left. */
  private static RealMatrix covariance(RealMatrix information, List<Integer> settled) {
    if (settled.isEmpty()) {
      return information;
    }
    int[] kept = settled.stream().mapToInt(Integer::intValue).toArray();
    return new CholeskyDecomposition(information.getSubMatrix(kept, kept), 1e-9, 0)
        .getSolver()
        .getInverse();
  }

  /**
   * The covariates that tell anything beyond those before them: Cholesky's decomposition of the
   * information, which leaves out whatever has no pivot.
   */
  private static ImmutableList<Integer> estimable(Point atZero) {
    RealMatrix left = atZero.hessian().scalarMultiply(-1);
    int width = left.getRowDimension();
    double[] before = new double[width];
    for (int j = 0; j < width; j++) {
      before[j] = left.getEntry(j, j);
    }
    ImmutableList.Builder<Integer> kept = ImmutableList.builder();
    for (int j = 0; j < width; j++) {
      double pivot = left.getEntry(j, j);
      if (!(pivot > PIVOT_TOLERANCE * before[j])) {
        continue;
      }
      kept.add(j);
      RealVector column = left.getColumnVector(j);
      left = left.subtract(column.outerProduct(column).scalarMultiply(1 / pivot));
    }
    return kept.build();
  }

  private static ImmutableList<Integer> range(int width) {
    ImmutableList.Builder<Integer> all = ImmutableList.builder();
    for (int j = 0; j < width; j++) {
      all.add(j);
    }
    return all.build();
  }
}
