package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.Facts.aCharge;
import static org.stripeanalytics.marts.Facts.anEntry;
import static org.stripeanalytics.marts.Rows.told;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.LedgerEntry;
import org.stripeanalytics.model.facts.PaymentFact;
import org.stripeanalytics.model.marts.RevenueDaily;

@ExtendWith(TestPipelineExtension.class)
class ComputeRevenueDailyTest {
  private static final ReportingFrame UTC = ReportingFrame.defaults();

  @Test
  void aDaysNetIsWhatItsPartsSumToAndPayoutsStandBeside(TestPipeline pipeline) {
    assertRows(
        pipeline,
        UTC,
        "region",
        List.of(
            anEntry("2024-02-28", "gross_volume", 50_00, 1_75).build(),
            anEntry("2024-02-28", "refunds", -20_00, 0).build(),
            anEntry("2024-02-28", "disputes", -10_00, 15_00).build(),
            anEntry("2024-02-28", "fees", -35, 0).build(),
            anEntry("2024-02-28", "other", 200_00, 0).build(),
            anEntry("2024-02-28", "payouts", -30_00, 0).build(),
            anEntry("2024-03-01", "gross_volume", 7_00, 0).build()),
        List.of(
            aCharge("ch_1", "2024-02-29").setStatus("failed").build(),
            aCharge("ch_2", "2024-02-29").build(),
            aCharge("ch_0", "2024-02-27").build()),
        row ->
            told(
                row.getDay(),
                row.getGrossVolume(),
                row.getRefunds(),
                row.getDisputes(),
                row.getFees(),
                "other",
                row.getOther(),
                "net",
                row.getNet(),
                "payouts",
                row.getPayouts(),
                "charges",
                row.getSuccessfulCharges(),
                row.getFailedCharges()),
        "2024-02-28 50 -20 -10 -17.1 other 200 net 202.9 payouts 30 charges 0 0",
        "2024-02-29 0 0 0 0 other 0 net 0 payouts 0 charges 1 1",
        "2024-03-01 7 0 0 0 other 0 net 7 payouts 0 charges 0 0");
  }

  @Test
  void whatBelongsToNobodyIsUnattributedAndInAll(TestPipeline pipeline) {
    LedgerEntry nobodys =
        anEntry("2024-03-01", "fees", -35, 0)
            .setCustomerId(null)
            .setCountry("unattributed")
            .setRegion("unattributed")
            .setChannel("unattributed")
            .setInitialPlan("unattributed")
            .build();
    assertRows(
        pipeline,
        UTC,
        "channel",
        List.of(anEntry("2024-03-01", "gross_volume", 50_00, 0).build(), nobodys),
        List.of(aCharge("ch_1", "2024-03-01").setCustomerId(null).setChannel("unknown").build()),
        row -> told(row.getSegmentValue(), row.getDay(), row.getNet(), row.getSuccessfulCharges()),
        "referral 2024-03-01 50 0",
        "unattributed 2024-03-01 -0.35 1");
  }

  @Test
  void aDayIsTheReportingZones(TestPipeline pipeline) {
    assertRows(
        pipeline,
        UTC.withZone(ZoneId.of("America/New_York")),
        "all",
        List.of(
            anEntry("2024-02-28", "gross_volume", 1_00, 0).build(),
            anEntry("2024-02-29", "gross_volume", 2_00, 0).build(),
            anEntry("2024-03-01", "gross_volume", 4_00, 0).build()),
        List.of(),
        row -> told(row.getDay(), row.getGrossVolume()),
        "2024-02-28 1",
        "2024-02-29 2",
        "2024-03-01 4");
  }

  @Test
  void aSegmentValueGoesOnFromTheDayBeforeTheInterval(TestPipeline pipeline) {
    assertRows(
        pipeline,
        UTC,
        "2024-02-29",
        "region",
        List.of(aQuietDay("2024-02-28", "europe")),
        List.of(anEntry("2024-03-01", "gross_volume", 2_00, 0).setRegion("oceania").build()),
        List.of(),
        row -> told(row.getSegmentValue(), row.getDay(), row.getNet()),
        "europe 2024-02-29 0",
        "europe 2024-03-01 0",
        "oceania 2024-03-01 2");
  }

  private static RevenueDaily aQuietDay(String day, String region) {
    return RevenueDaily.builder()
        .setDay(day(day))
        .setSegment("region")
        .setSegmentValue(region)
        .setGrossVolume(BigDecimal.ZERO)
        .setRefunds(BigDecimal.ZERO)
        .setDisputes(BigDecimal.ZERO)
        .setFees(BigDecimal.ZERO)
        .setOther(BigDecimal.ZERO)
        .setNet(BigDecimal.ZERO)
        .setPayouts(BigDecimal.ZERO)
        .setSuccessfulCharges(0)
        .setFailedCharges(0)
        .build();
  }

  private static void assertRows(
      TestPipeline pipeline,
      ReportingFrame frame,
      String segment,
      List<LedgerEntry> entries,
      List<PaymentFact> payments,
      SerializableFunction<RevenueDaily, String> teller,
      String... lines) {
    assertRows(pipeline, frame, "2024-01-01", segment, List.of(), entries, payments, teller, lines);
  }

  private static void assertRows(
      TestPipeline pipeline,
      ReportingFrame frame,
      String from,
      String segment,
      List<RevenueDaily> dayBefore,
      List<LedgerEntry> entries,
      List<PaymentFact> payments,
      SerializableFunction<RevenueDaily, String> teller,
      String... lines) {
    ComputeRevenueDaily mart =
        ComputeRevenueDaily.of(
            DataInterval.of(day(from), day("2024-03-02")),
            frame,
            Facts.in(pipeline, PaymentFact.class, payments),
            Facts.in(pipeline, RevenueDaily.class, dayBefore));
    Rows.assertTold(
        Facts.in(pipeline, LedgerEntry.class, entries)
            .apply(mart)
            .apply(MartRows.of(mart.mart(), frame.zone())),
        RevenueDaily::getSegment,
        segment,
        teller,
        lines);
    pipeline.run().waitUntilFinish();
  }
}
