package org.stripeanalytics.dimensions;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Count;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.model.dimensions.DateRow;

@ExtendWith(TestPipelineExtension.class)
class ComputeDimDateTest {

  @Test
  void thirtyYearsHaveARowForEveryDayAndLeapDay(TestPipeline pipeline) {
    PAssert.thatSingleton(pipeline.apply(ComputeDimDate.of(1, List.of())).apply(Count.globally()))
        .isEqualTo(30 * 365L + 7);
    pipeline.run().waitUntilFinish();
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
