package org.stripeanalytics.prediction;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.hipparchus.util.FastMath;

/**
 * How the monthly revenue of cohorts develops with their age: the chain ladder of actuaries. A
 * cohort's revenue at one age is that at the age before times a factor, which all cohorts that have
 * come so far share; how far they were from it says how sure a forecast is (England and Verrall,
 * Stochastic claims reserving in general insurance, British Actuarial Journal 8, 2002). Ages that
 * too few cohorts have reached use the mean of the newest factors; if there are more than 18 such
 * ages, they use a beta-discrete-Weibull that is fitted to the factors, or a shifted-beta-geometric
 * if there are few customers.
 */
public final class RevenueDevelopment {
  /** Factors of fewer cohorts are taken from the curve. */
  private static final int LEAST_COHORTS = 6;

  /** Factors that a mean is taken of, and for how many ages it is good enough. */
  private static final int NEWEST = 12;

  private static final int AGES_OF_THE_MEAN = 18;

  /** With fewer customers a third parameter cannot be told. */
  private static final double CUSTOMERS_FOR_WEIBULL = 200;

  private final List<ImmutableDoubleArray> cohorts;
  private final double[] factors;

  /** How many of the factors are those of cohorts. */
  private final int known;

  /** What cohorts differed from the factors by, by age, in units of the root of their revenue. */
  private final double[][] residuals;

  private RevenueDevelopment(
      List<ImmutableDoubleArray> cohorts, double[] factors, int known, double[][] residuals) {
    this.cohorts = cohorts;
    this.factors = factors;
    this.known = known;
    this.residuals = residuals;
  }

  /**
   * @param cohorts the revenue of each at the ages 0, 1, 2 … that it has come to; at least one has
   *     some
   * @param customers of all cohorts when they began
   * @param ages how many are of interest
   */
  public static RevenueDevelopment of(
      List<ImmutableDoubleArray> cohorts, double customers, int ages) {
    checkArgument(
        cohorts.stream().anyMatch(c -> c.length() > 0 && c.get(0) > 0), "no cohort has revenue");
    double[] factors = factors(cohorts, customers, ages);
    double[][] residuals = new double[ages][];
    for (int age = 0; age < ages; age++) {
      residuals[age] = residuals(age, cohorts, factors);
    }
    return new RevenueDevelopment(
        cohorts, factors, Math.min(ages, credibleAges(cohorts)), residuals);
  }

  /** How many of the factors cohorts have shown; the others are assumed. */
  public int knownFactors() {
    return known;
  }

  /** What revenue is multiplied by from one age, from 0 on, to the next. */
  public double factor(int age) {
    return factors[age];
  }

  /** Expected revenue at every age up to {@code ages}, the ones that were seen as they were. */
  public double[] project(ImmutableDoubleArray seen, int ages) {
    double[] revenue = new double[ages];
    for (int age = 0; age < ages; age++) {
      revenue[age] = age < seen.length() ? seen.get(age) : revenue[age - 1] * factors[age - 1];
    }
    return revenue;
  }

  /** A bootstrap replicate: the known factors estimated again from resampled residuals. */
  public RevenueDevelopment redrawn(SplittableRandom random) {
    double[] before = new double[known];
    double[] after = new double[known];
    for (ImmutableDoubleArray cohort : cohorts) {
      for (int age = 0; age < Math.min(known, cohort.length() - 1); age++) {
        before[age] += cohort.get(age);
        after[age] += next(cohort.get(age), age, random);
      }
    }
    double[] drawn = factors.clone();
    for (int age = 0; age < known; age++) {
      drawn[age] = before[age] > 0 ? after[age] / before[age] : factors[age];
    }
    return new RevenueDevelopment(cohorts, drawn, known, residuals);
  }

  /** As {@link #project}, with the chance of every month to come. */
  public double[] simulate(ImmutableDoubleArray seen, int ages, SplittableRandom random) {
    double[] revenue = new double[ages];
    for (int age = 0; age < ages; age++) {
      revenue[age] = age < seen.length() ? seen.get(age) : next(revenue[age - 1], age - 1, random);
    }
    return revenue;
  }

  private double next(double revenue, int age, SplittableRandom random) {
    double[] pool = residuals[Math.min(age, residuals.length - 1)];
    double residual = pool.length == 0 ? 0 : pool[random.nextInt(pool.length)];
    double factor = factors[Math.min(age, factors.length - 1)];
    return Math.max(0, factor * revenue + residual * FastMath.sqrt(revenue));
  }

  /** Those of ages like this one, half its age to one and a half times it, with mean 0. */
  private static double[] residuals(int age, List<ImmutableDoubleArray> cohorts, double[] factors) {
    int known = Math.min(credibleAges(cohorts), factors.length);
    int from = Math.min(Math.max(0, known - 6), age / 2);
    int to = Math.min(known - 1, age + (age + 1) / 2);
    List<Double> pool = new ArrayList<>();
    for (int a = Math.min(from, Math.max(0, to)); a <= to; a++) {
      for (ImmutableDoubleArray cohort : cohorts) {
        if (cohort.length() > a + 1 && cohort.get(a) > 0) {
          pool.add((cohort.get(a + 1) - factors[a] * cohort.get(a)) / FastMath.sqrt(cohort.get(a)));
        }
      }
    }
    double mean = pool.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    return pool.stream().mapToDouble(residual -> residual - mean).toArray();
  }

  /** For how many ages enough cohorts have come to the next one. */
  private static int credibleAges(List<ImmutableDoubleArray> cohorts) {
    int age = 0;
    while (true) {
      int next = age + 1;
      if (cohorts.stream().filter(c -> c.length() > next).count() < LEAST_COHORTS) {
        return age;
      }
      age++;
    }
  }

  private static double[] factors(List<ImmutableDoubleArray> cohorts, double customers, int ages) {
    double[] factors = new double[ages];
    int known = Math.min(ages, credibleAges(cohorts));
    for (int age = 0; age < known; age++) {
      double before = 0;
      double after = 0;
      for (ImmutableDoubleArray cohort : cohorts) {
        if (cohort.length() > age + 1) {
          before += cohort.get(age);
          after += cohort.get(age + 1);
        }
      }
      factors[age] = before > 0 ? after / before : 0;
    }
    extend(factors, known, customers);
    return factors;
  }

  /**
   * Goes on behind the known factors with the retention of a fitted curve, moved to meet what the
   * last of them were on average: revenue also grows with those who come back or upgrade.
   */
  private static void extend(double[] factors, int known, double customers) {
    if (known == factors.length) {
      return;
    }
    if (known == 0) {
      Arrays.fill(factors, 1);
      return;
    }
    RetentionModel model =
        customers >= CUSTOMERS_FOR_WEIBULL ? RetentionModel.BDW : RetentionModel.SBG;
    int last = Math.min(known, NEWEST);
    double level = 0;
    for (int age = known - last; age < known; age++) {
      level += factors[age] / last;
    }
    boolean isFar = factors.length - known > AGES_OF_THE_MEAN;
    @Nullable RetentionCurve curve =
        isFar && known >= model.parameters() ? curve(factors, known, customers, model) : null;
    // What grows a little each month would grow without bounds.
    double mean = isFar ? Math.min(1, level) : level;
    double offset = 0;
    for (int age = known - last; curve != null && age < known; age++) {
      offset += (factors[age] - curve.retention(age + 1)) / last;
    }
    for (int age = known; age < factors.length; age++) {
      factors[age] =
          curve == null ? mean : Math.max(0, Math.min(1, curve.retention(age + 1) + offset));
    }
  }

  private static @Nullable RetentionCurve curve(
      double[] factors, int known, double customers, RetentionModel model) {
    ImmutableDoubleArray.Builder left = ImmutableDoubleArray.builder(known + 1);
    double share = 1;
    left.add(customers);
    for (int age = 0; age < known; age++) {
      share *= Math.min(1, factors[age]);
      left.add(customers * share);
    }
    Cohort cohort = new Cohort(left.build());
    boolean fits = cohort.left(known) < cohort.left(0) && cohort.left(1) > 0;
    return fits ? model.fit(cohort).curve() : null;
  }
}
