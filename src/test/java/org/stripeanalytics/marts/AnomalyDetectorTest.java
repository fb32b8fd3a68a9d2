package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.MetricAnomaly;

class AnomalyDetectorTest {
  private static final LocalDate START = LocalDate.of(2024, 1, 1);
  private static final LocalDate END = LocalDate.of(2024, 7, 1);
  private static final LocalDate WEDNESDAY = LocalDate.of(2024, 5, 15);

  @Test
  void aDayOfTwiceTheUsualIsFoundAndItsNeighboursAreNot() {
    List<MetricAnomaly> days =
        judge(day -> day.equals(WEDNESDAY) ? 240 : 110 + day.getDayOfYear() % 9);

    assertThat(found(days), contains(WEDNESDAY + " critical"));
  }

  @Test
  void aDayWithoutAnythingIsFound() {
    List<MetricAnomaly> days = judge(day -> day.equals(WEDNESDAY) ? 0 : 40);

    assertThat(found(days), contains(WEDNESDAY + " critical"));
    assertThat(on(WEDNESDAY, days).getScore(), is(lessThan(BigDecimal.ZERO)));
  }

  @Test
  void quietWeekendsAreExpected() {
    assertThat(found(judge(day -> isWeekend(day) ? 20 : 100)), is(empty()));
  }

  @Test
  void aQuietDayAmongBusyOnesIsFoundThoughWeekendsAreAsQuiet() {
    List<MetricAnomaly> days = judge(day -> isWeekend(day) || day.equals(WEDNESDAY) ? 20 : 100);

    assertThat(found(days), contains(WEDNESDAY + " critical"));
  }

  @Test
  void steadyGrowthIsFollowed() {
    List<MetricAnomaly> days = judge(day -> 1000 + 10L * day.getDayOfYear());

    assertThat(found(days), is(empty()));
    // The level is that of two weeks, so it is a week and a half behind.
    assertThat(on(WEDNESDAY, days).getExpected().doubleValue(), is(closeTo(2360, 110)));
  }

  @Test
  void whatComesOnTheSameDayOfEveryMonthIsExpectedFromTheThirdTimeOn() {
    List<MetricAnomaly> days = judge(day -> day.getDayOfMonth() == 1 ? 90 : 10);

    assertThat(found(days), contains("2024-03-01 critical"));
  }

  @Test
  void anIncidentDoesNotHideTheNextOneAndRaisesNoAlarmAfterwards() {
    LocalDate next = WEDNESDAY.plusWeeks(1);
    List<MetricAnomaly> days = judge(day -> day.equals(WEDNESDAY) || day.equals(next) ? 300 : 100);

    assertThat(found(days), contains(WEDNESDAY + " critical", next + " critical"));
  }

  @Test
  void nothingIsSaidOfTheFirstFiveWeeks() {
    List<MetricAnomaly> days = judge(day -> 10);

    assertThat(days.get(0).getDay(), is(START.plusWeeks(5)));
    assertThat(days, hasSize((int) (END.toEpochDay() - START.plusWeeks(5).toEpochDay())));
  }

  @Test
  void aDayIsJudgedTheSameInARunOfItsMonthAlone() {
    ToLongFunction<LocalDate> counts = day -> 50 + day.getDayOfYear() * 7L % 13;
    DataInterval may = DataInterval.of(LocalDate.of(2024, 5, 1), LocalDate.of(2024, 6, 1));

    List<MetricAnomaly> ofMonth =
        new AnomalyDetector(START, may).judge(WatchedMetric.SIGNUPS, "all", days(counts));

    assertThat(
        ofMonth, is(judge(counts).stream().filter(row -> may.contains(row.getDay())).toList()));
  }

  @Test
  void theSameLossIsAnIncidentOfASmallAccountAndNoneOfALargeOne() {
    assertThat(found(judgeMrr(5_000, 100)), contains(WEDNESDAY + " critical"));
    assertThat(found(judgeMrr(500_000, 10_000)), is(empty()));
  }

  @Test
  void aDayThatStartsWithoutMrrIsNotJudgedByWhatItGained() {
    assertThat(judgeMrr(0, 0), is(empty()));
  }

  @Test
  void theBandHoldsTheOrdinaryAndIsInTheMetricsOwnUnit() {
    MetricAnomaly day = on(WEDNESDAY, judge(each -> 100));

    assertThat(day.getExpected().doubleValue(), is(closeTo(100, 0.001)));
    assertThat(day.getExpectedLow().doubleValue(), is(closeTo(72.19, 0.01)));
    assertThat(day.getExpectedHigh().doubleValue(), is(closeTo(132.31, 0.01)));
    assertThat(day.getExpectedHigh(), is(greaterThan(day.getValue())));
  }

  /** An account that moves by a thousandth every day and on one day loses a thousand. */
  private static List<MetricAnomaly> judgeMrr(long mrr, long customers) {
    List<WatchedDay> days =
        START
            .datesUntil(END)
            .map(
                day ->
                    WatchedDay.mrrChange(
                        day,
                        BigDecimal.valueOf(
                            day.equals(WEDNESDAY)
                                ? -1000
                                : mrr / 1000 * (day.getDayOfYear() % 3 - 1)),
                        BigDecimal.valueOf(mrr),
                        customers))
            .toList();
    return new AnomalyDetector(START, DataInterval.of(START, END))
        .judge(WatchedMetric.MRR_CHANGE, "all", days);
  }

  private static List<MetricAnomaly> judge(ToLongFunction<LocalDate> counts) {
    return new AnomalyDetector(START, DataInterval.of(START, END))
        .judge(WatchedMetric.SIGNUPS, "all", days(counts));
  }

  private static List<WatchedDay> days(ToLongFunction<LocalDate> counts) {
    return START
        .datesUntil(END)
        .map(day -> WatchedDay.count(WatchedMetric.SIGNUPS, "all", day, counts.applyAsLong(day)))
        .toList();
  }

  private static List<String> found(List<MetricAnomaly> days) {
    return days.stream()
        .filter(day -> !day.getSeverity().equals("none"))
        .map(day -> day.getDay() + " " + day.getSeverity())
        .toList();
  }

  private static MetricAnomaly on(LocalDate date, List<MetricAnomaly> days) {
    return days.stream().filter(day -> day.getDay().equals(date)).findFirst().orElseThrow();
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
  }
}
