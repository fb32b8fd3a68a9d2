package org.stripeanalytics.prediction;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealVector;
import org.hipparchus.util.FastMath;
import org.stripeanalytics.prediction.NewtonMaximizer.Optimum;
import org.stripeanalytics.prediction.RetentionCurve.BetaDiscreteWeibull;
import org.stripeanalytics.prediction.RetentionCurve.DiscreteWeibull;
import org.stripeanalytics.prediction.RetentionCurve.OnceOrForever;
import org.stripeanalytics.prediction.RetentionCurve.ShiftedBetaGeometric;
import org.stripeanalytics.prediction.RetentionFit.Outcome;

/**
 * Families of curves that can be fitted to a cohort.
 *
 * <p>Beta(alpha, beta) is searched for by its mean, the probability to leave at the first renewal,
 * and by 1 / (alpha + beta), which is 0 where all customers are alike: both are known to a few
 * digits from the data, while alpha and beta themselves go together over orders of magnitude.
 */
public enum RetentionModel {
  SBG(2) {
    @Override
    LogRetention logRetention() {
      return LogRetention.SHIFTED_BETA_GEOMETRIC;
    }

    @Override
    RetentionCurve curve(double alpha, double beta, RealVector searched) {
      return new ShiftedBetaGeometric(alpha, beta);
    }

    @Override
    RetentionFit allAlike(Cohort cohort) {
      double lost = cohort.left(0) - cohort.left(cohort.renewals());
      double asked = 0;
      for (int t = 1; t <= cohort.renewals(); t++) {
        asked += cohort.left(t - 1);
      }
      RetentionCurve geometric = new DiscreteWeibull(lost / asked, 1);
      return new RetentionFit(geometric, logLikelihood(geometric, cohort), Outcome.ALL_ALIKE);
    }

    @Override
    Stream<RealVector> starts(double mean) {
      return DISPERSIONS.stream().map(dispersion -> vector(logit(mean), FastMath.log(dispersion)));
    }
  },

  BDW(3) {
    @Override
    LogRetention logRetention() {
      return LogRetention.BETA_DISCRETE_WEIBULL;
    }

    @Override
    RetentionCurve curve(double alpha, double beta, RealVector searched) {
      return new BetaDiscreteWeibull(alpha, beta, FastMath.exp(searched.getEntry(2)));
    }

    @Override
    RetentionFit allAlike(Cohort cohort) {
      Optimum best =
          SHAPES.stream()
              .map(c -> vector(logit(meanToStartFrom(cohort)), FastMath.log(c)))
              .map(maximizer(LogRetention.DISCRETE_WEIBULL, cohort)::from)
              .max(Comparator.comparingDouble(Optimum::value))
              .orElseThrow();
      RetentionCurve curve =
          new DiscreteWeibull(
              logistic(best.where().getEntry(0)), FastMath.exp(best.where().getEntry(1)));
      return new RetentionFit(
          curve, best.value(), best.converged() ? Outcome.ALL_ALIKE : Outcome.UNBOUNDED);
    }

    @Override
    Stream<RealVector> starts(double mean) {
      return DISPERSIONS.stream()
          .flatMap(
              dispersion ->
                  SHAPES.stream()
                      .map(c -> vector(logit(mean), FastMath.log(dispersion), FastMath.log(c))));
    }
  };

  /** Starts of 1 / (alpha + beta), from customers who are nearly alike to two kinds of them. */
  private static final ImmutableList<Double> DISPERSIONS =
      ImmutableList.of(0.01, 0.1, 0.5, 2., 10.);

  /** Starts of {@code c}. */
  private static final ImmutableList<Double> SHAPES = ImmutableList.of(0.5, 1., 1.5, 3.);

  private static final int MOST_STEPS = 200;

  /** What a curve has to gain over one of customers who are all alike, against rounding. */
  private static final double LEAST_GAIN = 1e-10;

  private final int parameters;

  RetentionModel(int parameters) {
    this.parameters = parameters;
  }

  /** How many parameters it has, and so how many renewals have to be seen at least. */
  public int parameters() {
    return parameters;
  }

  abstract LogRetention logRetention();

  abstract RetentionCurve curve(double alpha, double beta, RealVector searched);

  /** The best curve of customers who do not differ. */
  abstract RetentionFit allAlike(Cohort cohort);

  abstract Stream<RealVector> starts(double mean);

  /**
   * Fits a curve of this family to all renewals of a cohort.
   *
   * @throws IllegalArgumentException when fewer renewals have been seen than there are parameters,
   *     or nobody or everybody is lost at the first of them
   */
  public RetentionFit fit(Cohort cohort) {
    int last = cohort.renewals();
    checkArgument(last >= parameters, "%s renewals do not determine %s", last, this);
    checkArgument(cohort.left(last) < cohort.left(0), "nobody is lost");
    checkArgument(cohort.left(1) > 0, "everybody is lost at once");
    if (cohort.left(last) == cohort.left(1)) {
      RetentionCurve curve = new OnceOrForever(firstLoss(cohort));
      return new RetentionFit(curve, logLikelihood(curve, cohort), Outcome.ONCE_OR_FOREVER);
    }
    List<Optimum> ends =
        starts(meanToStartFrom(cohort)).map(maximizer(logRetention(), cohort)::from).toList();
    RetentionFit allAlike = allAlike(cohort);
    double toBeat = allAlike.logLikelihood() + LEAST_GAIN * Math.abs(allAlike.logLikelihood());
    return best(ends, true)
        .filter(end -> end.value() > toBeat)
        .map(end -> fitted(end, Outcome.FOUND))
        .or(
            () ->
                best(ends, false)
                    .filter(end -> end.value() > toBeat && !nearlyAllAlike(end))
                    .map(end -> fitted(end, Outcome.UNBOUNDED)))
        .orElse(allAlike);
  }

  private static Optional<Optimum> best(List<Optimum> ends, boolean converged) {
    return ends.stream()
        .filter(end -> end.converged() == converged)
        .max(Comparator.comparingDouble(Optimum::value));
  }

  private static boolean nearlyAllAlike(Optimum end) {
    return end.where().getEntry(1) < RetentionLikelihood.LEAST_LOG_DISPERSION + 2;
  }

  private RetentionFit fitted(Optimum end, Outcome outcome) {
    double mean = logistic(end.where().getEntry(0));
    double dispersion = FastMath.exp(end.where().getEntry(1));
    double rest = logistic(-end.where().getEntry(0));
    return new RetentionFit(
        curve(mean / dispersion, rest / dispersion, end.where()), end.value(), outcome);
  }

  private static NewtonMaximizer maximizer(LogRetention family, Cohort cohort) {
    RetentionLikelihood likelihood = new RetentionLikelihood(family, cohort);
    return new NewtonMaximizer(likelihood, likelihood::isWithinBounds, MOST_STEPS);
  }

  static double logLikelihood(RetentionCurve curve, Cohort cohort) {
    double sum = 0;
    for (int t = 1; t <= cohort.renewals(); t++) {
      double logRetention = curve.logSurvival(t) - curve.logSurvival(t - 1);
      sum += times(cohort.left(t), logRetention);
      sum += times(cohort.lost(t), FastMath.log(-FastMath.expm1(logRetention)));
    }
    return sum;
  }

  /** So many customers by the logarithm of a probability; what nobody does may be impossible. */
  private static double times(double customers, double logProbability) {
    return customers == 0 ? 0 : customers * logProbability;
  }

  private static double firstLoss(Cohort cohort) {
    return cohort.lost(1) / cohort.left(0);
  }

  /** A search cannot start from a probability of 0. */
  private static double meanToStartFrom(Cohort cohort) {
    return Math.max(firstLoss(cohort), 0.5 / (cohort.left(0) + 1));
  }

  private static double logit(double probability) {
    return FastMath.log(probability) - FastMath.log1p(-probability);
  }

  private static double logistic(double logit) {
    return 1 / (1 + FastMath.exp(-logit));
  }

  private static RealVector vector(double... entries) {
    return MatrixUtils.createRealVector(entries);
  }
}
