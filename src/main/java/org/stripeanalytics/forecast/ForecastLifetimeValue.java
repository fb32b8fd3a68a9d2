package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.primitives.ImmutableDoubleArray;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hipparchus.util.FastMath;
import org.stripeanalytics.model.marts.LtvForecast;
import org.stripeanalytics.prediction.RevenueDevelopment;

/**
 * {@code marts.ltv_forecast}: what the cohorts of a segment value are expected to pay over 12, 36
 * and 60 months, as of the newest month and as of a year before, whose forecasts can be compared
 * with what came.
 */
final class ForecastLifetimeValue {
  private static final ImmutableList<Integer> HORIZONS = ImmutableList.of(12, 36, 60);
  private static final int LONGEST = 60;
  private static final int VINTAGES_APART = 12;
  private static final int DRAWS = 200;
  private static final double LOW = 0.05;
  private static final double HIGH = 0.95;
  private static final double DISCOUNT_A_YEAR = 0.10;
  private static final int CHURN_MONTHS = 6;

  /**
   * @param cells all cells of the segment value, in any order
   * @param grossMargin share of revenue that is left after serving it
   */
  static List<LtvForecast> rows(
      String segment, String value, Iterable<CohortRevenue> cells, BigDecimal grossMargin) {
    CohortTable all = CohortTable.of(cells);
    LocalDate newest = all.newestMonth();
    List<LtvForecast> rows = new ArrayList<>();
    for (LocalDate made : List.of(newest, newest.minusMonths(VINTAGES_APART))) {
      CohortTable known = all.asOf(made);
      if (!known.cohorts().isEmpty() && known.hasRevenue()) {
        RevenueDevelopment development = known.development(LONGEST);
        // Without a factor that cohorts have shown, nothing would be known of what is to come.
        if (development.knownFactors() > 0) {
          rows.addAll(rows(segment, value, made, known, all, development, grossMargin));
        }
      }
    }
    return rows;
  }

  private static List<LtvForecast> rows(
      String segment,
      String value,
      LocalDate made,
      CohortTable known,
      CohortTable all,
      RevenueDevelopment development,
      BigDecimal grossMargin) {
    List<LocalDate> months = ImmutableList.copyOf(known.cohorts().keySet());
    double[][][] draws = draws(segment, value, made, known, development);
    Optional<CurveForecast> curve = CurveForecast.of(known);
    double arpa = known.arpa(made);
    double churn = known.churn(made, CHURN_MONTHS);
    List<LtvForecast> rows = new ArrayList<>();
    for (int c = 0; c < months.size(); c++) {
      List<CohortRevenue> cohort = known.cohorts().get(months.get(c));
      ImmutableDoubleArray seen = CohortTable.revenue(cohort);
      double[] expected = development.project(seen, LONGEST);
      for (int h = 0; h < HORIZONS.size(); h++) {
        int horizon = HORIZONS.get(h);
        double customers = cohort.get(0).getCohortSize();
        double revenue = sum(expected, horizon, 0);
        double past = sum(expected, Math.min(horizon, seen.length()), 0);
        double discounted = sum(expected, horizon, DISCOUNT_A_YEAR) / customers;
        double margin = grossMargin.doubleValue();
        double usual = customers * arpa * lifetimes(churn, horizon);
        double byCurve =
            curve.map(fitted -> sum(fitted.project(seen, LONGEST), horizon, 0)).orElse(Double.NaN);
        double came = actual(all, months.get(c), made, horizon);
        double active = cohort.get(cohort.size() - 1).getCustomersActive();
        rows.add(
            LtvForecast.builder()
                .setMadeMonth(made)
                .setSegment(segment)
                .setSegmentValue(value)
                .setCohortMonth(months.get(c))
                .setHorizonMonths(horizon)
                .setCustomers(cohort.get(0).getCohortSize())
                .setRevenueSeen(Figure.of(past))
                .setRevenue(Figure.of(revenue))
                .setRevenueLow(Figure.of(quantile(draws[c][h], LOW)))
                .setRevenueHigh(Figure.of(quantile(draws[c][h], HIGH)))
                .setRevenuePerCustomer(Figure.of(revenue / customers))
                .setDiscountedPerCustomer(Figure.of(discounted))
                .setLtvPerCustomer(Figure.of(discounted * margin))
                .setRemainingPerActiveCustomer(Figure.orNull((revenue - past) / active))
                .setRemainingLtvPerActiveCustomer(
                    Figure.orNull(toCome(expected, seen.length(), horizon) * margin / active))
                .setCurveRevenue(Figure.orNull(byCurve))
                .setArpaOverChurnRevenue(Figure.orNull(usual))
                .setRevenueActual(Figure.orNull(came))
                .setRevenueError(Figure.orNull(revenue / came - 1))
                .setCurveError(Figure.orNull(byCurve / came - 1))
                .setArpaOverChurnError(Figure.orNull(usual / came - 1))
                .build());
      }
    }
    return rows;
  }

  /** By cohort and horizon, what could come, in ascending order. */
  private static double[][][] draws(
      String segment,
      String value,
      LocalDate made,
      CohortTable known,
      RevenueDevelopment development) {
    List<ImmutableDoubleArray> seen =
        known.cohorts().values().stream().map(CohortTable::revenue).toList();
    double[][][] draws = new double[seen.size()][HORIZONS.size()][DRAWS];
    SplittableRandom random = seeded(segment + " " + value + " " + made);
    for (int d = 0; d < DRAWS; d++) {
      RevenueDevelopment other = development.redrawn(random);
      for (int c = 0; c < seen.size(); c++) {
        double[] revenue = other.simulate(seen.get(c), LONGEST, random);
        for (int h = 0; h < HORIZONS.size(); h++) {
          draws[c][h][d] = sum(revenue, HORIZONS.get(h), 0);
        }
      }
    }
    for (double[][] cohort : draws) {
      for (double[] horizon : cohort) {
        Arrays.sort(horizon);
      }
    }
    return draws;
  }

  /** A generator of what is forecast and when: the same forecast draws the same numbers. */
  static SplittableRandom seeded(String forecast) {
    return new SplittableRandom(
        Hashing.farmHashFingerprint64().hashString(forecast, StandardCharsets.UTF_8).asLong());
  }

  static double quantile(double[] ascending, double share) {
    return ascending[(int) Math.round(share * (ascending.length - 1))];
  }

  private static double sum(double[] revenue, int months, double discountAYear) {
    double sum = 0;
    double worth = 1;
    double aMonthLater = FastMath.pow(1 + discountAYear, -1 / 12.0);
    for (int m = 0; m < months; m++) {
      sum += revenue[m] * worth;
      worth *= aMonthLater;
    }
    return sum;
  }

  /** Revenue after the ages seen so far, each month worth less than the one before. */
  private static double toCome(double[] expected, int seen, int horizon) {
    int first = Math.min(seen, horizon);
    return sum(Arrays.copyOfRange(expected, first, horizon), horizon - first, DISCOUNT_A_YEAR);
  }

  /** Months that a customer is expected to stay out of so many, if churn were always the same. */
  private static double lifetimes(double churn, int months) {
    if (Double.isNaN(churn)) {
      return Double.NaN;
    }
    return churn > 0 ? (1 - FastMath.pow(1 - churn, months)) / churn : months;
  }

  /** NaN while not all months have come, or where all had when the forecast was made. */
  private static double actual(CohortTable all, LocalDate cohort, LocalDate made, int horizon) {
    List<CohortRevenue> ages = all.cohorts().get(cohort);
    boolean wasKnown = !cohort.plusMonths(horizon - 1).isAfter(made);
    return ages.size() < horizon || wasKnown
        ? Double.NaN
        : sum(CohortTable.revenue(ages).toArray(), horizon, 0);
  }

  private ForecastLifetimeValue() {}
}
