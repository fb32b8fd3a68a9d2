package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.MetricAnomaly;
import org.stripeanalytics.model.schema.RowCoder;

@ExtendWith(TestPipelineExtension.class)
class ComputeMetricAnomaliesTest {
  private static final LocalDate ACCOUNT = LocalDate.of(2024, 1, 1);
  private static final LocalDate INCIDENT = LocalDate.of(2024, 4, 17);
  private static final DataInterval APRIL =
      DataInterval.of(LocalDate.of(2024, 4, 1), LocalDate.of(2024, 5, 1));

  @Test
  void everySeriesIsJudgedOnEveryDayAndTheIncidentStandsOut(TestPipeline pipeline) {
    List<WatchedDay> days = new ArrayList<>(List.of(WatchedDay.opening(ACCOUNT)));
    ACCOUNT
        .datesUntil(APRIL.to())
        .forEach(
            day -> {
              // As two bundles count them.
              days.add(signups(day, day.equals(INCIDENT) ? 80 : 20));
              days.add(signups(day, 10));
            });

    PCollection<MetricAnomaly> rows =
        pipeline
            .apply("Days", Create.of(days).withCoder(RowCoder.of(WatchedDay.class)))
            .apply("ComputeMetricAnomalies", ComputeMetricAnomalies.of(APRIL));

    PAssert.that(rows)
        .satisfies(
            found -> {
              Set<String> alarms = new HashSet<>();
              Set<String> refunds = new HashSet<>();
              for (MetricAnomaly row : found) {
                if (!row.getSeverity().equals("none")) {
                  alarms.add(row.getDay() + " " + row.getMetric() + " " + row.getSeverity());
                }
                if (row.getMetric().equals("refunds")) {
                  refunds.add(row.getDay() + " " + row.getValue());
                }
              }
              assertThat(alarms, is(Set.of(INCIDENT + " signups critical")));
              assertThat("days without any refund are judged too", refunds.size(), is(30));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withoutAnOpeningNothingIsJudged(TestPipeline pipeline) {
    PCollection<MetricAnomaly> rows =
        pipeline
            .apply(
                "Days", Create.of(signups(INCIDENT, 90)).withCoder(RowCoder.of(WatchedDay.class)))
            .apply("ComputeMetricAnomalies", ComputeMetricAnomalies.of(APRIL));

    PAssert.that(rows).empty();
    pipeline.run().waitUntilFinish();
  }

  private static WatchedDay signups(LocalDate day, long count) {
    return WatchedDay.count(WatchedMetric.SIGNUPS, "all", day, count);
  }
}
