package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.Facts.aCharge;
import static org.stripeanalytics.marts.Facts.aDispute;
import static org.stripeanalytics.marts.Facts.aRefund;
import static org.stripeanalytics.marts.Rows.told;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.facts.DisputeFact;
import org.stripeanalytics.model.facts.PaymentFact;
import org.stripeanalytics.model.facts.RefundFact;
import org.stripeanalytics.model.marts.RefundsDisputesMonthly;

@ExtendWith(TestPipelineExtension.class)
class ComputeRefundsDisputesMonthlyTest {
  private static final String JUNE_FIRST = "2024-06-01";

  @Test
  void tenDisputesOnAThousandPaymentsOfWhichThreeAreThisMonthsAreOnePercentAndThreePerMille(
      TestPipeline pipeline) {
    List<PaymentFact> charges = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      charges.add(aCharge("ch_" + i, "2024-02-15").build());
    }
    charges.add(aCharge("ch_earlier", "2024-01-31").build());
    List<DisputeFact> disputes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      disputes.add(
          i < 3
              ? aDispute("du_" + i, "ch_" + i, "2024-02-15", "2024-02-29").build()
              : aDispute("du_" + i, "ch_earlier" + i, "2024-01-31", "2024-02-01").build());
    }
    assertRows(
        pipeline,
        charges,
        List.of(),
        disputes,
        "2024-03-01",
        row ->
            told(
                row.getMonth(),
                row.getChargesSucceeded(),
                row.getDisputedCharges(),
                row.getDisputeRate(),
                row.getCohortDisputedCharges(),
                row.getCohortDisputeRate()),
        "2024-01-01 1 0 0 7 7",
        "2024-02-01 1000 10 0.01 3 0.003");
  }

  @Test
  void twoPartialRefundsOfAChargeCountItOnceInAMonthAndBothAmounts(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(aCharge("ch_1", "2024-01-31").build(), aCharge("ch_2", "2024-02-01").build()),
        List.of(
            aRefund("re_1", "ch_1", "2024-01-31", "2024-01-31").build(),
            aRefund("re_2", "ch_1", "2024-01-31", "2024-02-10").build(),
            aRefund("re_3", "ch_1", "2024-01-31", "2024-02-29").build()),
        List.of(),
        JUNE_FIRST,
        row ->
            told(
                row.getMonth(),
                "activity",
                row.getRefundedCharges(),
                row.getRefundedVolume(),
                row.getRefundRateVolume(),
                "cohort",
                row.getCohortRefundedCharges(),
                row.getCohortRefundedVolume(),
                row.getCohortRefundRate()),
        "2024-01-01 activity 1 40 0.4 cohort 1 120 1",
        "2024-02-01 activity 1 80 0.8 cohort 0 0 0",
        "2024-03-01 activity 0 0 null cohort 0 0 null",
        "2024-04-01 activity 0 0 null cohort 0 0 null",
        "2024-05-01 activity 0 0 null cohort 0 0 null");
  }

  @Test
  void inquiriesPreventedDisputesReleasesAndRefundsThatFailedAreLeftOut(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(
            aCharge("ch_1", "2024-02-10").build(),
            aCharge("ch_2", "2024-02-10").setStatus("failed").build(),
            aCharge("ch_3", "2024-02-10").setStatus("uncaptured").build()),
        List.of(
            aRefund("re_1", "ch_1", "2024-02-10", "2024-02-10").setStatus("failed").build(),
            aRefund("re_2", "ch_3", "2024-02-10", "2024-02-10").setIsRelease(true).build()),
        List.of(
            aDispute("du_1", "ch_1", "2024-02-10", "2024-02-10")
                .setStatus("warning_closed")
                .setIsInquiry(true)
                .build(),
            aDispute("du_2", "ch_1", "2024-02-10", "2024-02-10").setStatus("prevented").build(),
            aDispute("du_3", "ch_1", "2024-02-10", "2024-02-10").setStatus("won").build(),
            aDispute("du_4", "ch_1", "2024-02-10", "2024-02-10").setStatus("lost").build()),
        "2024-03-01",
        row ->
            told(
                row.getMonth(),
                row.getChargesSucceeded(),
                row.getRefundedCharges(),
                row.getDisputedCharges(),
                row.getDisputesWon(),
                row.getDisputesLost(),
                row.getWinRate(),
                row.getVisaDisputes()),
        "2024-02-01 1 0 1 1 1 0.5 2");
  }

  @Test
  void mastercardComparesWithTheMonthBeforeAndVisaWithTheSame(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(
            aCharge("ch_1", "2024-01-31").setNetwork("mastercard").build(),
            aCharge("ch_2", "2024-01-31").setNetwork("mastercard").build(),
            aCharge("ch_3", "2024-02-01").setNetwork("mastercard").build(),
            aCharge("ch_4", "2024-02-01").build()),
        List.of(),
        List.of(
            aDispute("du_1", "ch_1", "2024-01-31", "2024-02-29").setNetwork("mastercard").build(),
            aDispute("du_2", "ch_4", "2024-02-01", "2024-02-29").build()),
        "2024-03-01",
        row ->
            told(
                row.getMonth(),
                row.getMastercardChargesPreviousMonth(),
                row.getEcmRatio(),
                row.getEcmStatus(),
                row.getVisaCharges(),
                row.getVampRatio(),
                row.getVampStatus()),
        "2024-01-01 0 null ok 0 null ok",
        "2024-02-01 2 0.5 ok 1 1 ok");
  }

  @Test
  void aMonthIsProvisionalUntilAHundredAndTwentyDaysAfterItsEnd(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(aCharge("ch_1", "2024-01-31").build()),
        List.of(),
        List.of(),
        "2024-05-31",
        row -> told(row.getMonth(), row.getIsProvisional()),
        "2024-01-01 false",
        "2024-02-01 true",
        "2024-03-01 true",
        "2024-04-01 true");
  }

  private static void assertRows(
      TestPipeline pipeline,
      List<PaymentFact> payments,
      List<RefundFact> refunds,
      List<DisputeFact> disputes,
      String asOf,
      SerializableFunction<RefundsDisputesMonthly, String> teller,
      String... lines) {
    ComputeRefundsDisputesMonthly mart =
        ComputeRefundsDisputesMonthly.of(
            day(asOf),
            ReportingFrame.defaults(),
            Facts.in(pipeline, RefundFact.class, refunds),
            Facts.in(pipeline, DisputeFact.class, disputes));
    Rows.assertTold(
        Facts.in(pipeline, PaymentFact.class, payments)
            .apply(mart)
            .apply(MartRows.of(mart.mart(), ZoneOffset.UTC)),
        RefundsDisputesMonthly::getSegment,
        "all",
        teller,
        lines);
    pipeline.run().waitUntilFinish();
  }
}
