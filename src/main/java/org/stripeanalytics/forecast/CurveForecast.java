package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.Optional;
import org.stripeanalytics.prediction.Cohort;
import org.stripeanalytics.prediction.RetentionCurve;
import org.stripeanalytics.prediction.RetentionModel;

/**
 * What a textbook forecasts: the newest MRR of a cohort times the share of its customers that a
 * curve expects to be left. It knows nothing of changes of plan, and takes who comes back for
 * somebody who never left. It stands beside the published forecast, which is compared with it.
 */
final class CurveForecast {
  /** Ages that fewer cohorts have come to are not fitted, as in the published forecast. */
  private static final int LEAST_COHORTS = 6;

  /** With fewer customers a third parameter cannot be estimated. */
  private static final double CUSTOMERS_FOR_WEIBULL = 200;

  private final RetentionCurve curve;

  private CurveForecast(RetentionCurve curve) {
    this.curve = curve;
  }

  /**
   * Fits a beta-discrete-Weibull, or for few customers a shifted-beta-geometric, to the shares of
   * all cohorts together that stay from each age to the next.
   *
   * @return nothing where there are too few ages or nobody leaves
   */
  static Optional<CurveForecast> of(CohortTable known) {
    double customers =
        known.cohorts().values().stream().mapToDouble(ages -> ages.get(0).getCohortSize()).sum();
    RetentionModel model =
        customers >= CUSTOMERS_FOR_WEIBULL ? RetentionModel.BDW : RetentionModel.SBG;
    Cohort together = new Cohort(left(known, customers));
    int ages = together.renewals();
    return ages >= model.parameters() && together.left(ages) < customers && together.left(1) > 0
        ? Optional.of(new CurveForecast(model.fit(together).curve()))
        : Optional.empty();
  }

  private static ImmutableDoubleArray left(CohortTable known, double customers) {
    ImmutableDoubleArray.Builder left = ImmutableDoubleArray.builder();
    left.add(customers);
    double share = 1;
    for (int age = 0; ; age++) {
      double before = 0;
      double after = 0;
      int cohorts = 0;
      for (ImmutableList<CohortRevenue> ages : known.cohorts().values()) {
        if (ages.size() > age + 1) {
          before += ages.get(age).getCustomersActive();
          after += ages.get(age + 1).getCustomersActive();
          cohorts++;
        }
      }
      if (cohorts < LEAST_COHORTS || before == 0) {
        return left.build();
      }
      share *= Math.min(1, after / before);
      left.add(customers * share);
    }
  }

  /** Revenue at every age up to {@code ages}, those that were seen as they were. */
  double[] project(ImmutableDoubleArray seen, int ages) {
    double[] revenue = Arrays.copyOf(seen.toArray(), ages);
    int newest = seen.length() - 1;
    for (int age = seen.length(); age < ages; age++) {
      revenue[age] = seen.get(newest) * curve.survival(age) / curve.survival(newest);
    }
    return revenue;
  }
}
