package org.stripeanalytics.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.marts.LtvForecast;
import org.stripeanalytics.model.marts.MrrForecast;

/**
 * Forecasts of an account that is as regular as no real one: each month ten customers begin with an
 * MRR of 100, and a tenth of it goes in every month that follows. All that it was is known.
 */
class ForecastRevenueTest {
  private static final BigDecimal MARGIN = new BigDecimal("0.80");

  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

  @Test
  void regularMrrIsForecastExactly() {
    List<MrrForecast> rows = ForecastMrr.rows(account(24, 24));

    MrrForecast newest = first(rows, LocalDate.of(2025, 12, 1), 12);
    assertThat(newest.getMrr().doubleValue(), closeTo(mrr(36), 0.01));
    assertThat(newest.getMrrLow().doubleValue(), closeTo(mrr(36), 0.01));
    assertThat(newest.getMrrHigh().doubleValue(), closeTo(mrr(36), 0.01));
    MrrForecast aYearBefore = first(rows, LocalDate.of(2024, 12, 1), 12);
    assertThat(aYearBefore.getMrrActual().doubleValue(), closeTo(mrr(24), 0.01));
    assertThat(
        aYearBefore.getMrr().doubleValue(),
        closeTo(aYearBefore.getMrrActual().doubleValue(), 0.01));
  }

  @Test
  void aMonthInWhichNobodyBeganLeavesTheTrendAsItIs() {
    List<CohortRevenue> cells = account(24, 24);
    cells.removeIf(cell -> cell.getCohortMonth().equals(LocalDate.of(2025, 12, 1)));
    cells.add(cell(LocalDate.of(2025, 12, 1), 0, 0));

    MrrForecast row = first(ForecastMrr.rows(cells), LocalDate.of(2025, 12, 1), 12);

    assertThat(row.getMrr().doubleValue(), closeTo(mrr(36) - 100 * Math.pow(0.9, 12), 0.01));
  }

  @Test
  void whatCohortsPayInTwelveMonthsIsForecastExactly() {
    List<LtvForecast> rows = ForecastLifetimeValue.rows("all", "all", account(24, 24), MARGIN);

    LtvForecast youngest =
        rows.stream()
            .filter(row -> row.getMadeMonth().equals(LocalDate.of(2025, 12, 1)))
            .filter(row -> row.getCohortMonth().equals(LocalDate.of(2025, 12, 1)))
            .filter(row -> row.getHorizonMonths() == 12)
            .findFirst()
            .orElseThrow();
    assertThat(youngest.getRevenueSeen().doubleValue(), closeTo(100, 0.01));
    assertThat(youngest.getRevenue().doubleValue(), closeTo(mrr(12), 0.01));
    assertThat(youngest.getRevenuePerCustomer().doubleValue(), closeTo(mrr(12) / 10, 0.01));
    assertThat(
        youngest.getLtvPerCustomer().doubleValue(),
        closeTo(youngest.getDiscountedPerCustomer().doubleValue() * 0.8, 0.01));
    assertThat(
        youngest.getRemainingLtvPerActiveCustomer().doubleValue(),
        closeTo(0.8 * discounted(0.9 * 10, 11), 0.01));
  }

  @Test
  void whatCameStandsBesideWhatWasForecastInThreeWays() {
    List<LtvForecast> rows = ForecastLifetimeValue.rows("all", "all", account(24, 24), MARGIN);

    LtvForecast aYearBefore =
        rows.stream()
            .filter(row -> row.getCohortMonth().equals(LocalDate.of(2024, 12, 1)))
            .filter(row -> row.getMadeMonth().equals(LocalDate.of(2024, 12, 1)))
            .filter(row -> row.getHorizonMonths() == 12)
            .findFirst()
            .orElseThrow();
    assertThat(aYearBefore.getRevenueActual().doubleValue(), closeTo(mrr(12), 0.01));
    // Ten customers do not leave in tenths, so of them the curve sees a little less.
    assertThat(aYearBefore.getCurveRevenue().doubleValue(), closeTo(mrr(12), 25));
    assertThat(aYearBefore.getRevenueError().doubleValue(), closeTo(0, 1e-6));
    assertThat(
        aYearBefore.getCurveError().doubleValue(),
        closeTo(aYearBefore.getCurveRevenue().doubleValue() / mrr(12) - 1, 1e-6));
    assertThat(
        aYearBefore.getArpaOverChurnError().doubleValue(),
        closeTo(aYearBefore.getArpaOverChurnRevenue().doubleValue() / mrr(12) - 1, 1e-6));
  }

  @Test
  void fewerThanSevenCohortsHaveNoForecast() {
    assertThat(ForecastLifetimeValue.rows("all", "all", account(6, 6), MARGIN), is(empty()));
    assertThat(ForecastMrr.rows(account(6, 6)), is(empty()));
  }

  @Test
  void whatGrewUntilNowDoesNotGrowForEver() {
    List<CohortRevenue> growing = new ArrayList<>();
    for (int cohort = 0; cohort < 12; cohort++) {
      for (int age = 0; cohort + age < 12; age++) {
        growing.add(cell(FIRST.plusMonths(cohort), age, 100 * Math.pow(1.05, age)));
      }
    }

    double fiveYears =
        ForecastLifetimeValue.rows("all", "all", growing, MARGIN).stream()
            .filter(row -> row.getHorizonMonths() == 60)
            .mapToDouble(row -> row.getRevenue().doubleValue())
            .max()
            .orElseThrow();

    assertThat(fiveYears, lessThan(60 * 100 * Math.pow(1.05, 12)));
  }

  @Test
  void aMonthThatIsNotOverIsNotKnown() {
    CohortRevenue december = cell(LocalDate.of(2025, 11, 1), 1, 90);

    assertThat(ForecastRevenue.isOver(december, LocalDate.of(2025, 12, 31)), is(false));
    assertThat(ForecastRevenue.isOver(december, LocalDate.of(2026, 1, 1)), is(true));
  }

  /** Months of what falls by a tenth each, the first whole, at 10 % a year. */
  private static double discounted(double first, int months) {
    double factor = 0.9 * Math.pow(1.1, -1 / 12.0);
    return first * (1 - Math.pow(factor, months)) / (1 - factor);
  }

  /** MRR when so many cohorts have come: what one cohort pays in as many months. */
  private static double mrr(int cohorts) {
    return 100 * (1 - Math.pow(0.9, cohorts)) / (1 - 0.9);
  }

  private static List<CohortRevenue> account(int cohorts, int months) {
    List<CohortRevenue> cells = new ArrayList<>();
    for (int cohort = 0; cohort < cohorts; cohort++) {
      for (int age = 0; cohort + age < months; age++) {
        cells.add(cell(FIRST.plusMonths(cohort), age, 100 * Math.pow(0.9, age)));
      }
    }
    return cells;
  }

  private static CohortRevenue cell(LocalDate cohort, long age, double mrr) {
    return CohortRevenue.builder()
        .setCohortMonth(cohort)
        .setMonthsSince(age)
        .setSegment("all")
        .setSegmentValue("all")
        .setCohortSize(10)
        .setCustomersActive(Math.round(mrr / 10))
        .setMrr(BigDecimal.valueOf(mrr))
        .build();
  }

  private static MrrForecast first(List<MrrForecast> rows, LocalDate made, int ahead) {
    return rows.stream()
        .filter(row -> row.getMadeMonth().equals(made) && row.getMonthsAhead() == ahead)
        .findFirst()
        .orElseThrow();
  }
}
