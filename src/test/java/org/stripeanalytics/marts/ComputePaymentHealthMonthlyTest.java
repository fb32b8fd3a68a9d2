package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.Facts.aChurn;
import static org.stripeanalytics.marts.Facts.anInvoice;
import static org.stripeanalytics.marts.Rows.told;

import java.time.ZoneId;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.marts.PaymentHealthMonthly;

@ExtendWith(TestPipelineExtension.class)
class ComputePaymentHealthMonthlyTest {
  private static final ReportingFrame UTC = ReportingFrame.defaults();

  @Test
  void anInvoiceCountsWithAllItsAttemptsInTheMonthOfTheFirst(TestPipeline pipeline) {
    assertRows(
        pipeline,
        UTC,
        List.of(
            anInvoice("2024-01-31T23:59", 20, "expired_card", "do_not_honor", "succeeded").build(),
            anInvoice("2024-01-10", 30, "succeeded").build(),
            anInvoice("2024-02-01", 50, "succeeded").build()),
        List.of(),
        row ->
            told(
                row.getMonth(),
                row.getInvoicesAttempted(),
                row.getInvoiceVolume(),
                "failed",
                row.getFirstAttemptFailed(),
                row.getFirstAttemptFailureRate(),
                row.getFirstAttemptFailureRateVolume(),
                "recovered",
                row.getRecovered(),
                row.getRecoveryRate(),
                row.getRecoveryRateVolume(),
                "attempts",
                row.getAttempts(),
                row.getAttemptsSucceeded(),
                row.getChargeSuccessRate()),
        "2024-01-01 2 50 failed 1 0.5 0.4 recovered 1 1 1 attempts 4 2 0.5",
        "2024-02-01 1 50 failed 0 0 0 recovered 0 null null attempts 1 1 1");
  }

  @Test
  void whileAnInvoiceIsInRecoveryTheRatesOfItsMonthAreUnknown(TestPipeline pipeline) {
    assertRows(
        pipeline,
        UTC,
        List.of(
            anInvoice("2024-02-29", 20, "expired_card", "succeeded").build(),
            anInvoice("2024-02-29", 20, "expired_card").setIsInRecovery(true).build()),
        List.of(),
        row ->
            told(
                row.getMonth(),
                row.getRecovered(),
                row.getInRecovery(),
                row.getRecoveryRate(),
                row.getRecoveryRateVolume()),
        "2024-02-01 1 1 null null");
  }

  @Test
  void theMostFrequentReasonsComeFirstThenTheirNames(TestPipeline pipeline) {
    assertRows(
        pipeline,
        UTC,
        List.of(
            anInvoice("2024-02-10", 20, "stolen_card", "expired_card").build(),
            anInvoice("2024-02-11", 20, "insufficient_funds", "insufficient_funds").build()),
        List.of(),
        row ->
            row.getPaymentFailuresByCode().stream()
                .map(failure -> failure.getCode() + " " + failure.getCount())
                .toList()
                .toString(),
        "[insufficient_funds 2, expired_card 1, stolen_card 1]");
  }

  @Test
  void revenueLostToFailedPaymentsIsCountedInTheMonthItWasLost(TestPipeline pipeline) {
    assertRows(
        pipeline,
        UTC,
        List.of(anInvoice("2024-01-10", 20, "expired_card").build()),
        List.of(
            aChurn("2023-12-31", 9, "involuntary", "starter"),
            aChurn("2024-01-31", 20, "involuntary", "starter"),
            aChurn("2024-02-01", 50, "voluntary", "starter"),
            aChurn("2024-02-29", 30, "involuntary", "starter")),
        row -> told(row.getMonth(), row.getInvoluntaryChurnMrr()),
        "2024-01-01 20",
        "2024-02-01 30");
  }

  @Test
  void theMonthOfAnAttemptIsTheReportingZones(TestPipeline pipeline) {
    assertRows(
        pipeline,
        UTC.withZone(ZoneId.of("America/Los_Angeles")),
        List.of(
            anInvoice("2024-02-01T07:59", 20, "succeeded").build(),
            anInvoice("2024-02-01T08:00", 30, "succeeded").build()),
        List.of(),
        row -> told(row.getMonth(), row.getInvoiceVolume()),
        "2024-01-01 20",
        "2024-02-01 30");
  }

  private static void assertRows(
      TestPipeline pipeline,
      ReportingFrame frame,
      List<InvoiceSettlement> invoices,
      List<MrrMovement> movements,
      SerializableFunction<PaymentHealthMonthly, String> teller,
      String... lines) {
    ComputePaymentHealthMonthly mart =
        ComputePaymentHealthMonthly.of(
            day("2024-03-01"), frame, Facts.in(pipeline, MrrMovement.class, movements));
    Rows.assertTold(
        Facts.in(pipeline, InvoiceSettlement.class, invoices)
            .apply(mart)
            .apply(MartRows.of(mart.mart(), frame.zone())),
        PaymentHealthMonthly::getSegment,
        "country",
        teller,
        lines);
    pipeline.run().waitUntilFinish();
  }
}
