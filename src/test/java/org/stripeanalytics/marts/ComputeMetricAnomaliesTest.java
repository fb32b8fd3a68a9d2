package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.MetricAnomaly;

class ComputeMetricAnomaliesTest {
  private static final LocalDate ACCOUNT = LocalDate.of(2024, 1, 1);
  private static final LocalDate INCIDENT = LocalDate.of(2024, 4, 17);
  private static final DataInterval APRIL =
      DataInterval.of(LocalDate.of(2024, 4, 1), LocalDate.of(2024, 5, 1));

  @Test
  void everySeriesIsJudgedOnEveryDayAndTheIncidentStandsOut() {
    List<WatchedDay> days = new ArrayList<>(List.of(WatchedDay.opening(ACCOUNT)));
    ACCOUNT
        .datesUntil(APRIL.to())
        .forEach(
            day -> {
              // As two bundles count them.
              days.add(signups(day, day.equals(INCIDENT) ? 80 : 20));
              days.add(signups(day, 10));
            });

    Set<String> alarms = new HashSet<>();
    Set<String> refunds = new HashSet<>();
    for (MetricAnomaly row : ComputeMetricAnomalies.rows(APRIL, days)) {
      if (!row.getSeverity().equals("none")) {
        alarms.add(row.getDay() + " " + row.getMetric() + " " + row.getSeverity());
      }
      if (row.getMetric().equals("refunds")) {
        refunds.add(row.getDay() + " " + row.getValue());
      }
    }

    assertThat(alarms, is(Set.of(INCIDENT + " signups critical")));
    assertThat("days without any refund are judged too", refunds.size(), is(30));
  }

  @Test
  void withoutAnOpeningNothingIsJudged() {
    assertThat(ComputeMetricAnomalies.rows(APRIL, List.of(signups(INCIDENT, 90))), is(empty()));
  }

  private static WatchedDay signups(LocalDate day, long count) {
    return WatchedDay.count(WatchedMetric.SIGNUPS, "all", day, count);
  }
}
