package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.Facts.aMonth;
import static org.stripeanalytics.marts.Facts.aMovement;
import static org.stripeanalytics.marts.Facts.ofCohort;
import static org.stripeanalytics.marts.Rows.told;

import java.time.ZoneOffset;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.marts.RetentionCohort;

@ExtendWith(TestPipelineExtension.class)
class ComputeRetentionCohortsTest {
  /** Two start in January, one of whom leaves in it and is back in March; one starts in March. */
  private static final List<MrrMovement> MOVEMENTS =
      List.of(
          aMovement("new", "2024-01-01", 0, 10).build(),
          aMovement("new", "2024-01-31", 0, 30).build(),
          aMovement("reactivation", "2024-03-10", 0, 60).build(),
          aMovement("new", "2024-03-31", 0, 7).build());

  private static final List<CustomerMonth> MONTHS =
      List.of(
          ofCohort("2024-01-01", aMonth("2024-01-01", 10, 0, 0)),
          ofCohort("2024-01-01", aMonth("2024-02-01", 10, 10, 0)),
          ofCohort("2024-01-01", aMonth("2024-03-01", 10, 10, 0)),
          ofCohort("2024-01-01", aMonth("2024-03-01", 60, 0, 0)),
          ofCohort("2024-03-01", aMonth("2024-03-01", 7, 0, 0)));

  @Test
  void aCohortIsFollowedFromItsOwnMonthAndWhoComesBackCountsAgain(TestPipeline pipeline) {
    assertCohorts(
        pipeline,
        DataInterval.of(day("2024-01-01"), day("2024-04-01")),
        "2024-01-01 +0 in 2024-01-01: 1 of 2, 10 of 40 = 0.5 0.25",
        "2024-01-01 +1 in 2024-02-01: 1 of 2, 10 of 40 = 0.5 0.25",
        "2024-01-01 +2 in 2024-03-01: 2 of 2, 70 of 40 = 1 1.75",
        "2024-03-01 +0 in 2024-03-01: 1 of 1, 7 of 7 = 1 1");
  }

  @Test
  void aRunAddsOnlyTheMonthsThatItObserves(TestPipeline pipeline) {
    assertCohorts(
        pipeline,
        DataInterval.of(day("2024-02-01"), day("2024-03-01")),
        "2024-01-01 +1 in 2024-02-01: 1 of 2, 10 of 40 = 0.5 0.25");
  }

  private static void assertCohorts(TestPipeline pipeline, DataInterval interval, String... lines) {
    ComputeRetentionCohorts mart =
        ComputeRetentionCohorts.of(
            interval, ReportingFrame.defaults(), Facts.in(pipeline, CustomerMonth.class, MONTHS));
    Rows.assertTold(
        Facts.in(pipeline, MrrMovement.class, MOVEMENTS)
            .apply(mart)
            .apply(MartRows.of(mart.mart(), ZoneOffset.UTC)),
        RetentionCohort::getSegment,
        "channel",
        row ->
            "%s +%d in %s: %d of %d, %s of %s = %s"
                .formatted(
                    row.getCohortMonth(),
                    row.getMonthsSince(),
                    row.getObservedMonth(),
                    row.getCustomersActive(),
                    row.getCohortSize(),
                    told(row.getMrr()),
                    told(row.getCohortNewMrr()),
                    told(row.getLogoRetention(), row.getRevenueRetention())),
        lines);
    pipeline.run().waitUntilFinish();
  }
}
