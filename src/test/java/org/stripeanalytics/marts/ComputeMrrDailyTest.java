package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.comparesEqualTo;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.day;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.MrrDaily;

@ExtendWith(TestPipelineExtension.class)
class ComputeMrrDailyTest {

  @Test
  void everyDayFromTheFirstMovementOnHasTheLevelAtItsEnd(TestPipeline pipeline) {
    List<Change> account =
        Accounts.of(
            aSubscription()
                .active("2024-02-27T10:00")
                .pastDue("2024-02-28T10:00")
                .canceled("2024-03-01", "payment_failed"));
    DataInterval toThirdOfMarch = DataInterval.of(day("2024-01-01"), day("2024-03-03"));

    PAssert.that(
            Accounts.measured(pipeline, account)
                .apply(
                    MartRows.of(
                        ComputeMrrDaily.of(toThirdOfMarch, ReportingFrame.defaults()),
                        ZoneOffset.UTC))
                .apply(Filter.by(row -> row.getSegment().equals("all"))))
        .satisfies(
            rows -> {
              TreeMap<LocalDate, String> told = new TreeMap<>();
              rows.forEach(row -> told.put(row.getDay(), tell(row)));
              assertThat(
                  String.join("\n", told.values()),
                  is(
                      """
                  2024-02-27 0+20=20 past due 0
                  2024-02-28 20+0=20 past due 20
                  2024-02-29 20+0=20 past due 20
                  2024-03-01 20-20=0 past due 0
                  2024-03-02 0+0=0 past due 0"""));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void theValuesOfASegmentSumToAll(TestPipeline pipeline) {
    List<Change> account =
        Accounts.of(
            aSubscription().of("cus_1").active("2024-02-01"),
            aSubscription().id("sub_2").of("cus_2").active("2024-02-01"));

    PAssert.that(
            Accounts.measured(pipeline, account)
                .apply(
                    MartRows.of(
                        ComputeMrrDaily.of(
                            DataInterval.of(day("2024-01-01"), day("2024-02-02")),
                            ReportingFrame.defaults()),
                        ZoneOffset.UTC)))
        .satisfies(
            rows -> {
              for (MrrDaily row : rows) {
                assertThat(row.getMrrEnd(), comparesEqualTo(new BigDecimal("40")));
              }
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static String tell(MrrDaily row) {
    return String.format(
        "%s %.0f%+.0f=%.0f past due %.0f",
        row.getDay(),
        row.getMrrStart(),
        row.getMrrNew().add(row.getMrrChurn()),
        row.getMrrEnd(),
        row.getMrrPastDue());
  }
}
