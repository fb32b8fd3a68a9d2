package org.stripeanalytics.prediction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RevenueDevelopmentTest {
  private static final int MONTHS = 24;

  /** 24 cohorts, one a month: 100 customers of 10 each, who leave with a tenth of probability. */
  private static List<ImmutableDoubleArray> cohorts(SplittableRandom random, int months) {
    List<ImmutableDoubleArray> cohorts = new ArrayList<>();
    for (int c = 0; c < MONTHS; c++) {
      ImmutableDoubleArray.Builder revenue = ImmutableDoubleArray.builder();
      int left = 100;
      for (int age = 0; age < months - c; age++) {
        revenue.add(left * 10.0);
        int stayed = 0;
        for (int customer = 0; customer < left; customer++) {
          stayed += random.nextDouble() < 0.9 ? 1 : 0;
        }
        left = stayed;
      }
      cohorts.add(revenue.build());
    }
    return cohorts;
  }

  @Test
  void aFactorIsTheRevenueOfAllCohortsAtAnAgeOverThatAtTheAgeBefore() {
    List<ImmutableDoubleArray> cohorts = new ArrayList<>();
    for (int c = 0; c < 6; c++) {
      cohorts.add(ImmutableDoubleArray.of(100, c < 3 ? 80 : 90));
    }
    cohorts.add(ImmutableDoubleArray.of(50));

    RevenueDevelopment development = RevenueDevelopment.of(cohorts, 700, 2);

    assertThat(development.factor(0), closeTo(0.85, 1e-12));
    assertThat(development.project(cohorts.get(6), 2)[1], closeTo(42.5, 1e-12));
    assertThat(development.project(cohorts.get(0), 2)[1], is(80.0));
  }

  @Test
  void beyondTheCohortsThatHaveComeACurveGoesOn() {
    RevenueDevelopment development =
        RevenueDevelopment.of(cohorts(new SplittableRandom(7), MONTHS), 2400, 60);

    assertThat(development.factor(30), closeTo(0.9, 0.03));
    assertThat(development.factor(59), allOf(greaterThan(0.8), lessThan(1.0)));
  }

  @Test
  void ninetyPercentIntervalsHoldWhatComesAboutThatOften() {
    int inside = 0;
    int all = 0;
    for (int account = 0; account < 20; account++) {
      SplittableRandom random = new SplittableRandom(100 + account);
      List<ImmutableDoubleArray> future = cohorts(random, MONTHS + 12);
      List<ImmutableDoubleArray> seen = new ArrayList<>();
      for (int c = 0; c < MONTHS; c++) {
        seen.add(future.get(c).subArray(0, MONTHS - c));
      }
      RevenueDevelopment development = RevenueDevelopment.of(seen, 2400, 36);
      for (int c = MONTHS - 6; c < MONTHS; c++) {
        double[] draws = new double[200];
        for (int d = 0; d < draws.length; d++) {
          draws[d] = sum(development.redrawn(random).simulate(seen.get(c), 12, random));
        }
        Arrays.sort(draws);
        double came = sum(future.get(c).subArray(0, 12).toArray());
        inside += came >= draws[10] && came <= draws[189] ? 1 : 0;
        all++;
      }
    }
    assertThat(inside / (double) all, closeTo(0.9, 0.06));
  }

  private static double sum(double[] revenue) {
    return Arrays.stream(revenue).sum();
  }
}
