package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hipparchus.util.FastMath;
import org.stripeanalytics.model.marts.MrrForecast;
import org.stripeanalytics.prediction.RevenueDevelopment;

/**
 * {@code marts.mrr_forecast}: MRR of the next twelve months, as of the newest month and of each of
 * the twelve before. The cohorts that are there develop as cohorts have; new ones begin at the
 * level projected from the last two years. Months in which nobody began tell nothing of it.
 */
final class ForecastMrr {
  private static final int AHEAD = 12;
  private static final int VINTAGES = 13;
  private static final int TREND_MONTHS = 24;
  private static final int LEAST_TREND_MONTHS = 6;
  private static final int DRAWS = 200;
  private static final double LOW = 0.05;
  private static final double HIGH = 0.95;

  /**
   * @param cells of all customers, in any order
   */
  static List<MrrForecast> rows(Iterable<CohortRevenue> cells) {
    CohortTable all = CohortTable.of(cells);
    LocalDate newest = all.newestMonth();
    List<MrrForecast> rows = new ArrayList<>();
    for (int v = 0; v < VINTAGES; v++) {
      LocalDate made = newest.minusMonths(v);
      CohortTable known = all.asOf(made);
      Inflow inflow = Inflow.of(known, made);
      if (inflow.months() >= LEAST_TREND_MONTHS && known.development(AHEAD).knownFactors() > 0) {
        rows.addAll(rows(made, known, all, inflow));
      }
    }
    return rows;
  }

  private static List<MrrForecast> rows(
      LocalDate made, CohortTable known, CohortTable all, Inflow inflow) {
    double[][] draws = draws(made, known, inflow);
    List<MrrForecast> rows = new ArrayList<>();
    for (int ahead = 1; ahead <= AHEAD; ahead++) {
      double[] drawn = draws[ahead - 1];
      LocalDate month = made.plusMonths(ahead);
      rows.add(
          MrrForecast.builder()
              .setMadeMonth(made)
              .setMonth(month)
              .setMonthsAhead(ahead)
              .setMrr(Figure.of(Arrays.stream(drawn).average().orElseThrow()))
              .setMrrLow(Figure.of(ForecastLifetimeValue.quantile(drawn, LOW)))
              .setMrrHigh(Figure.of(ForecastLifetimeValue.quantile(drawn, HIGH)))
              .setMrrActual(month.isAfter(all.newestMonth()) ? null : Figure.of(all.mrr(month)))
              .build());
    }
    return rows;
  }

  /** By month ahead, what could come, in ascending order. */
  private static double[][] draws(LocalDate made, CohortTable known, Inflow inflow) {
    List<LocalDate> months = ImmutableList.copyOf(known.cohorts().keySet());
    int oldest = (int) ChronoUnit.MONTHS.between(months.get(0), made) + 1;
    RevenueDevelopment development = known.development(oldest + AHEAD);
    List<ImmutableDoubleArray> seen =
        known.cohorts().values().stream().map(CohortTable::revenue).toList();
    SplittableRandom random = ForecastLifetimeValue.seeded("mrr " + made);
    double[][] draws = new double[AHEAD][DRAWS];
    for (int d = 0; d < DRAWS; d++) {
      RevenueDevelopment other = development.redrawn(random);
      for (ImmutableDoubleArray cohort : seen) {
        int age = cohort.length() - 1;
        double[] revenue = other.simulate(cohort, age + 1 + AHEAD, random);
        for (int ahead = 1; ahead <= AHEAD; ahead++) {
          draws[ahead - 1][d] += revenue[age + ahead];
        }
      }
      Inflow drawn = inflow.redrawn(random);
      for (int begins = 1; begins <= AHEAD; begins++) {
        ImmutableDoubleArray first = ImmutableDoubleArray.of(drawn.simulate(begins, random));
        double[] revenue = other.simulate(first, AHEAD, random);
        for (int ahead = begins; ahead <= AHEAD; ahead++) {
          draws[ahead - 1][d] += revenue[ahead - begins];
        }
      }
    }
    Arrays.stream(draws).forEach(Arrays::sort);
    return draws;
  }

  /**
   * What new cohorts begin with: a line through the logarithms of the last two years, the newest
   * month being 0 and the one before it -1. Months without a new cohort are left out.
   *
   * @param at the months that have one
   * @param residuals of these months around the line
   */
  private record Inflow(double level, double slope, int[] at, double[] residuals) {

    static Inflow of(CohortTable known, LocalDate made) {
      int[] at =
          IntStream.range(0, TREND_MONTHS)
              .filter(before -> first(known, made.minusMonths(before)) > 0)
              .map(before -> -before)
              .toArray();
      return fit(
          at,
          Arrays.stream(at)
              .mapToDouble(m -> FastMath.log(first(known, made.plusMonths(m))))
              .toArray());
    }

    int months() {
      return at.length;
    }

    /** MRR at the end of a cohort's first month; 0 where there is none. */
    private static double first(CohortTable known, LocalDate month) {
      List<CohortRevenue> cohort = known.cohorts().get(month);
      return cohort == null ? 0 : cohort.get(0).getMrr().doubleValue();
    }

    private static Inflow fit(int[] at, double[] logs) {
      double center = Arrays.stream(at).average().orElse(0);
      double mean = Arrays.stream(logs).average().orElse(0);
      double covariance = 0;
      double variance = 0;
      for (int i = 0; i < at.length; i++) {
        covariance += (at[i] - center) * (logs[i] - mean);
        variance += (at[i] - center) * (at[i] - center);
      }
      double slope = at.length < LEAST_TREND_MONTHS ? 0 : covariance / variance;
      double level = mean - slope * center;
      double[] residuals = new double[at.length];
      for (int i = 0; i < at.length; i++) {
        residuals[i] = logs[i] - level - slope * at[i];
      }
      return new Inflow(level, slope, at, residuals);
    }

    Inflow redrawn(SplittableRandom random) {
      double[] logs = new double[at.length];
      for (int i = 0; i < at.length; i++) {
        logs[i] = level + slope * at[i] + residuals[random.nextInt(residuals.length)];
      }
      Inflow drawn = fit(at, logs);
      return new Inflow(drawn.level, drawn.slope, at, residuals);
    }

    double simulate(int ahead, SplittableRandom random) {
      return FastMath.exp(level + slope * ahead + residuals[random.nextInt(residuals.length)]);
    }
  }

  private ForecastMrr() {}
}
