package org.stripeanalytics.prediction;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * The log-rank test (Mantel and Haenszel) of whether groups have the event at the same rate.
 *
 * @param observed events of each group
 * @param expected events of each group, if it had its share of those at risk at every event
 * @param test with one degree of freedom less than there are groups that are at risk at an event;
 *     empty if nothing can be compared
 */
public record LogRank(
    ImmutableIntArray observed, ImmutableDoubleArray expected, Optional<ChiSquare> test) {

  private static final double RANK_TOLERANCE = 1e-10;

  public static LogRank of(List<List<Observation>> groups) {
    int k = groups.size();
    List<Observation> all = groups.stream().flatMap(List::stream).toList();
    List<ImmutableList<Observation.Moment>> moments =
        groups.stream().map(Observation::moments).toList();
    int[] next = new int[k];
    int[] observed = new int[k];
    double[] expected = new double[k];
    RealMatrix variance = MatrixUtils.createRealMatrix(k, k);
    for (Observation.Moment pooled : Observation.moments(all)) {
      double[] share = new double[k];
      for (int g = 0; g < k; g++) {
        List<Observation.Moment> own = moments.get(g);
        if (next[g] < own.size()) {
          Observation.Moment moment = own.get(next[g]);
          share[g] = (double) moment.atRisk() / pooled.atRisk();
          if (moment.time() == pooled.time()) {
            observed[g] += moment.events();
            next[g]++;
          }
        }
        expected[g] += share[g] * pooled.events();
      }
      addVariance(variance, pooled, share);
    }
    return new LogRank(
        ImmutableIntArray.copyOf(observed),
        ImmutableDoubleArray.copyOf(expected),
        test(observed, expected, variance));
  }

  /** Of the hypergeometric distribution: so many events among those at risk. */
  private static void addVariance(RealMatrix sum, Observation.Moment pooled, double[] share) {
    if (pooled.atRisk() == 1) {
      return;
    }
    double n = pooled.atRisk();
    double d = pooled.events();
    double factor = d * (n - d) / (n - 1);
    for (int i = 0; i < share.length; i++) {
      for (int j = 0; j < share.length; j++) {
        sum.addToEntry(i, j, factor * share[i] * ((i == j ? 1 : 0) - share[j]));
      }
    }
  }

  /**
   * The differences of all groups add up to 0, so their variance has no inverse; with the
   * generalised one the statistic is that of any groups but one.
   */
  private static Optional<ChiSquare> test(int[] observed, double[] expected, RealMatrix variance) {
    double[] difference = new double[observed.length];
    for (int g = 0; g < difference.length; g++) {
      difference[g] = observed[g] - expected[g];
    }
    RealVector excess = MatrixUtils.createRealVector(difference);
    SingularValueDecomposition decomposed = new SingularValueDecomposition(variance);
    double statistic = 0;
    int rank = 0;
    double[] singular = decomposed.getSingularValues();
    for (int i = 0; i < singular.length; i++) {
      if (singular[i] > RANK_TOLERANCE * Math.max(1, singular[0])) {
        double component = decomposed.getU().getColumnVector(i).dotProduct(excess);
        statistic += component * component / singular[i];
        rank++;
      }
    }
    return rank == 0 ? Optional.empty() : Optional.of(new ChiSquare(statistic, rank));
  }
}
