package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.Facts.aChurn;
import static org.stripeanalytics.marts.Facts.aMonth;
import static org.stripeanalytics.marts.Facts.aMovement;
import static org.stripeanalytics.marts.Rows.told;

import java.time.ZoneOffset;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.marts.ChurnMonthly;

@ExtendWith(TestPipelineExtension.class)
class ComputeChurnMonthlyTest {
  private static final DataInterval TWO_MONTHS =
      DataInterval.of(day("2024-02-01"), day("2024-04-01"));

  @Test
  void tenLostTenLessAndTenMoreOfAHundredAreTwentyPercentGrossAndTenNet(TestPipeline pipeline) {
    assertRows(
        churn(
            pipeline,
            TWO_MONTHS,
            List.of(
                aMovement("new", "2024-01-10", 0, 10).build(),
                aMovement("new", "2024-01-10", 0, 40).build(),
                aMovement("new", "2024-01-10", 0, 50).build(),
                aChurn("2024-02-29", 10, "voluntary", "starter"),
                aMovement("contraction", "2024-02-10", 40, 30).build(),
                aMovement("expansion", "2024-02-01", 50, 60).build()),
            List.of(
                aMonth("2024-02-01", 0, 10, 0),
                aMonth("2024-02-01", 30, 40, 0),
                aMonth("2024-02-01", 60, 50, 0),
                aMonth("2024-03-01", 30, 30, 0),
                aMonth("2024-03-01", 60, 60, 0))),
        row ->
            told(
                row.getMonth(),
                "lost",
                row.getCustomersLost(),
                "of",
                row.getCustomersStart(),
                "gross",
                row.getGrossMrrChurnRate(),
                "net",
                row.getNetMrrChurnRate(),
                "nrr",
                row.getNrr1m(),
                "grr",
                row.getGrr1m(),
                "quick",
                row.getQuickRatio()),
        "2024-02-01 lost 1 of 3 gross 0.2 net 0.1 nrr 0.9 grr 0.8 quick 0.5",
        "2024-03-01 lost 0 of 2 gross 0 net 0 nrr 1 grr 1 quick null");
  }

  @Test
  void aYearIsComparedWithWhatTheCustomersOfThenHadEvenThoseLongGone(TestPipeline pipeline) {
    assertRows(
        churn(
            pipeline,
            DataInterval.of(day("2024-02-01"), day("2024-03-01")),
            List.of(aMovement("new", "2023-01-10", 0, 10).build()),
            List.of(
                aMonth("2023-02-01", 10, 10, 0),
                aMonth("2023-02-01", 30, 30, 0),
                aMonth("2023-03-01", 0, 30, 0),
                aMonth("2024-02-01", 15, 15, 10),
                aMonth("2024-02-01", 99, 99, 0))),
        row -> told(row.getMonth(), row.getNrr12m(), row.getGrr12m()),
        "2024-02-01 0.375 0.25");
  }

  @Test
  void theKindsAndThePlansOfThoseWhoLeftAreCountedToo(TestPipeline pipeline) {
    assertRows(
        churn(
            pipeline,
            TWO_MONTHS,
            List.of(
                aMovement("new", "2024-01-10", 0, 10).build(),
                aChurn("2024-02-01", 10, "voluntary", "starter"),
                aChurn("2024-02-02", 10, "involuntary", "professional"),
                aChurn("2024-02-03", 10, "dispute", "starter"),
                aChurn("2024-02-04", 10, "pause", "starter"),
                aChurn("2024-02-29", 10, "unknown", "xtra"),
                aChurn("2024-03-01", 10, "unknown", "starter")),
            List.of()),
        row ->
            told(
                row.getMonth(),
                row.getVoluntaryChurned(),
                row.getInvoluntaryChurned(),
                row.getDisputeChurned(),
                row.getPausedChurned(),
                row.getUnknownChurned(),
                "plans",
                row.getStarterChurned(),
                row.getProfessionalChurned(),
                row.getOtherChurned()),
        "2024-02-01 1 1 1 1 1 plans 3 1 1",
        "2024-03-01 0 0 0 0 1 plans 1 0 0");
  }

  @Test
  void withoutCustomersAtTheStartThereAreNoRates(TestPipeline pipeline) {
    assertRows(
        churn(
            pipeline,
            DataInterval.of(day("2024-01-01"), day("2024-02-01")),
            List.of(aMovement("new", "2024-01-31", 0, 10).build()),
            List.of(aMonth("2024-01-01", 10, 0, 0))),
        row ->
            told(
                row.getMonth(),
                row.getCustomersStart(),
                row.getCustomerChurnRate(),
                row.getGrossMrrChurnRate(),
                row.getNrr1m(),
                row.getGrr12m()),
        "2024-01-01 0 null null null null");
  }

  private static PCollection<ChurnMonthly> churn(
      TestPipeline pipeline,
      DataInterval interval,
      List<MrrMovement> movements,
      List<CustomerMonth> months) {
    ComputeChurnMonthly mart =
        ComputeChurnMonthly.of(
            interval, ReportingFrame.defaults(), Facts.in(pipeline, CustomerMonth.class, months));
    return Facts.in(pipeline, MrrMovement.class, movements)
        .apply(mart)
        .apply(MartRows.of(mart.mart(), ZoneOffset.UTC));
  }

  private static void assertRows(
      PCollection<ChurnMonthly> rows,
      SerializableFunction<ChurnMonthly, String> teller,
      String... lines) {
    Rows.assertTold(rows, ChurnMonthly::getSegment, "all", teller, lines);
    rows.getPipeline().run().waitUntilFinish();
  }
}
