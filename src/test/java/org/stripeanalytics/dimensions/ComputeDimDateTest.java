package org.stripeanalytics.dimensions;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.dimensions.DateRow;

class ComputeDimDateTest {

  @Test
  void thirtyYearsHaveARowForEveryDayAndLeapDay() {
    assertThat(ComputeDimDate.rows(1, List.of()), hasSize(30 * 365 + 7));
  }

  @Test
  void theFirstDaysOfAYearMayBelongToTheLastIsoWeekOfTheOneBefore() {
    DateRow newYear = ComputeDimDate.describe(LocalDate.of(2021, 1, 1), 1, Holidays.of(List.of()));

    assertThat(newYear.getYear(), is(2021L));
    assertThat(newYear.getIsoYear(), is(2020L));
    assertThat(newYear.getIsoWeek(), is(53L));
  }

  @Test
  void aLeapDayIsAMonthEnd() {
    DateRow leapDay = ComputeDimDate.describe(LocalDate.of(2024, 2, 29), 1, Holidays.of(List.of()));

    assertThat(leapDay.getIsMonthEnd(), is(true));
    assertThat(leapDay.getDayName(), is("Thursday"));
    assertThat(leapDay.getIsWeekend(), is(false));
    assertThat(leapDay.getQuarter(), is(1L));
  }
}
