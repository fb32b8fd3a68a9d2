package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.Facts.aMonth;
import static org.stripeanalytics.marts.Facts.aMovement;
import static org.stripeanalytics.marts.Facts.spent;
import static org.stripeanalytics.marts.Rows.told;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.model.marts.UnitEconomicsMonthly;

@ExtendWith(TestPipelineExtension.class)
class ComputeUnitEconomicsMonthlyTest {
  private static final DataInterval FEBRUARY =
      DataInterval.of(day("2024-02-01"), day("2024-03-01"));

  @Test
  void anArpaOfAHundredAndFivePercentChurnAreALifetimeRevenueOfTwoThousand(TestPipeline pipeline) {
    List<CustomerMonth> january = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      january.add(aMonth("2024-01-01", i == 0 ? 0 : 100, 100, 0));
    }
    Rows.assertTold(
        economics(
            pipeline,
            List.of(
                aMovement("new", "2023-12-10", 0, 300).build(),
                aMovement("reactivation", "2024-01-31", 0, 100).build(),
                aMovement("contraction", "2024-02-29", 300, 200).build(),
                aMovement("new", "2024-02-29", 0, 50).build(),
                aMovement("new", "2024-02-01", 0, 50).build()),
            january,
            List.of(spent("2024-02-29", "referral", "europe", 160))),
        UnitEconomicsMonthly::getSegment,
        "all",
        row ->
            told(
                row.getMonth(),
                "arpa",
                row.getArpa(),
                "churn",
                row.getCustomerChurn6m(),
                "ltv",
                row.getLtvRevenue(),
                row.getLtv(),
                "cac",
                row.getCac(),
                row.getLtvCac(),
                row.getCacPaybackMonths()),
        "2024-02-01 arpa 100 churn 0.05 ltv 2000 1600 cac 80 20 2");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void whereNobodyLeftACustomerIsTakenToStaySixtyMonths(TestPipeline pipeline) {
    assertRows(
        economics(
            pipeline,
            List.of(aMovement("new", "2024-01-10", 0, 100).build()),
            List.of(aMonth("2024-01-01", 100, 100, 0)),
            List.of()),
        row ->
            told(
                row.getCustomerChurn6m(),
                row.getLtvRevenue(),
                row.getSalesMarketingSpend(),
                row.getCac(),
                row.getLtvCac(),
                row.getCacPaybackMonths()),
        "0 6000 0 null null null");
  }

  @Test
  void theMonthItselfAndTheSeventhBeforeItAreNoPartOfTheChurn(TestPipeline pipeline) {
    assertRows(
        economics(
            pipeline,
            List.of(aMovement("new", "2023-01-10", 0, 100).build()),
            List.of(
                aMonth("2023-07-01", 0, 100, 0),
                aMonth("2023-08-01", 100, 100, 0),
                aMonth("2024-01-01", 100, 100, 0),
                aMonth("2024-02-01", 0, 100, 0)),
            List.of()),
        row -> told(row.getCustomerChurn6m()),
        "0");
  }

  @Test
  void spendIsKnownByChannelAndRegionAndOpensTheirRows(TestPipeline pipeline) {
    PCollection<UnitEconomicsMonthly> rows =
        economics(
            pipeline,
            List.of(),
            List.of(),
            List.of(
                spent("2024-01-31", "paid_social", "europe", 30),
                spent("2024-02-01", "paid_social", "europe", 10)));
    Rows.assertTold(
        rows,
        row -> "any",
        "any",
        row ->
            told(
                row.getSegment(),
                row.getSegmentValue(),
                row.getMonth(),
                row.getSalesMarketingSpend()),
        "all all 2024-02-01 10",
        "channel paid_social 2024-02-01 10",
        "region europe 2024-02-01 10");
    pipeline.run().waitUntilFinish();
  }

  private static PCollection<UnitEconomicsMonthly> economics(
      TestPipeline pipeline,
      List<MrrMovement> movements,
      List<CustomerMonth> months,
      List<SpendFact> spend) {
    ComputeUnitEconomicsMonthly mart =
        ComputeUnitEconomicsMonthly.of(
            FEBRUARY,
            MetricPolicies.defaults(),
            Facts.in(pipeline, CustomerMonth.class, months),
            Facts.in(pipeline, SpendFact.class, spend));
    return Facts.in(pipeline, MrrMovement.class, movements)
        .apply(mart)
        .apply(MartRows.of(mart.mart(), ZoneOffset.UTC));
  }

  private static void assertRows(
      PCollection<UnitEconomicsMonthly> rows,
      SerializableFunction<UnitEconomicsMonthly, String> teller,
      String... lines) {
    Rows.assertTold(rows, UnitEconomicsMonthly::getSegment, "channel", teller, lines);
    rows.getPipeline().run().waitUntilFinish();
  }
}
