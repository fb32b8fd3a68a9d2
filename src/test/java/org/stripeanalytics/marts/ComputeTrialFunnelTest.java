package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.Facts.aSignup;
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
import org.stripeanalytics.model.intermediate.CustomerMilestones;
import org.stripeanalytics.model.marts.TrialFunnel;

@ExtendWith(TestPipelineExtension.class)
class ComputeTrialFunnelTest {

  @Test
  void tenTrialsOfWhichFivePayAreFiftyPercent(TestPipeline pipeline) {
    List<CustomerMilestones> customers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      CustomerMilestones.Builder trial =
          aSignup("2024-01-31")
              .setTrialStartedAt(at("2024-01-31"))
              .setTrialEndedAt(at("2024-02-14"));
      customers.add((i < 5 ? trial.setFirstPaidAt(at("2024-02-14")) : trial).build());
    }
    assertRows(
        pipeline,
        customers,
        "2024-03-01",
        row ->
            told(
                row.getSignupMonth(),
                row.getSignups(),
                row.getTrialsStarted(),
                row.getTrialsConverted(),
                row.getPaid(),
                row.getTrialConversionRate(),
                row.getSignupToPaidRate()),
        "2024-01-01 10 10 5 5 0.5 0.5",
        "2024-02-01 0 0 0 0 null null");
  }

  @Test
  void whoPaysWithoutATrialIsAPayerAndNoTrial(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(aSignup("2024-02-29").setFirstPaidAt(at("2024-02-29T12:00")).build()),
        "2024-03-01",
        row ->
            told(
                row.getSignupMonth(),
                row.getTrialsStarted(),
                row.getTrialConversionRate(),
                row.getPaidWithoutTrial(),
                row.getPaid()),
        "2024-02-01 0 null 1 1");
  }

  @Test
  void retentionIsUnknownUntilTheLastPayerOfTheMonthIsOldEnough(TestPipeline pipeline) {
    CustomerMilestones.Builder payer =
        aSignup("2024-01-10")
            .setFirstPaidAt(at("2024-01-10"))
            .setIsRetained30d(true)
            .setIsRetained90d(false);
    assertRows(
        pipeline,
        List.of(
            payer.build(),
            payer.build(),
            aSignup("2024-01-20").setFirstPaidAt(at("2024-03-15")).setIsRetained30d(true).build()),
        "2024-05-01",
        row ->
            told(
                row.getSignupMonth(),
                row.getRetained30d(),
                row.getRetained30dRate(),
                row.getRetained90d(),
                row.getRetained90dRate(),
                row.getRetained365d()),
        "2024-01-01 3 1 null null null",
        "2024-02-01 0 null null null null",
        "2024-03-01 0 null null null null",
        "2024-04-01 null null null null null");
  }

  @Test
  void aMonthIsMatureThirtyDaysAfterItsEndAndTheEndOfItsLastTrial(TestPipeline pipeline) {
    SerializableFunction<TrialFunnel, String> maturity =
        row -> told(row.getSegmentValue(), row.getSignupMonth(), row.getIsMature());
    CustomerMilestones late =
        aSignup("2024-01-31")
            .setTrialStartedAt(at("2024-02-20"))
            .setTrialEndedAt(at("2024-03-05T15:00"))
            .build();
    assertRows(
        pipeline,
        List.of(late, aSignup("2024-02-01").build()),
        "2024-04-05",
        maturity,
        "all 2024-01-01 true",
        "all 2024-02-01 true",
        "all 2024-03-01 false");
  }

  @Test
  void aTrialThatEndedLessThanThirtyDaysAgoToTheSecondKeepsItsMonthImmature(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(
            aSignup("2024-01-31")
                .setTrialStartedAt(at("2024-02-20"))
                .setTrialEndedAt(at("2024-03-05T15:00"))
                .build()),
        "2024-04-04",
        row -> told(row.getSignupMonth(), row.getIsMature()),
        "2024-01-01 false",
        "2024-02-01 true",
        "2024-03-01 false");
  }

  private static void assertRows(
      TestPipeline pipeline,
      List<CustomerMilestones> customers,
      String asOf,
      SerializableFunction<TrialFunnel, String> teller,
      String... lines) {
    ComputeTrialFunnel mart = ComputeTrialFunnel.of(day(asOf), ReportingFrame.defaults());
    Rows.assertTold(
        Facts.in(pipeline, CustomerMilestones.class, customers)
            .apply(mart)
            .apply(MartRows.of(mart.mart(), ZoneOffset.UTC)),
        TrialFunnel::getSegment,
        "all",
        teller,
        lines);
    pipeline.run().waitUntilFinish();
  }
}
