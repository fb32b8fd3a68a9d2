package org.stripeanalytics.facts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.stripeanalytics.fold.Snapshots.CATALOG;
import static org.stripeanalytics.fold.Snapshots.aCustomer;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.item;
import static org.stripeanalytics.fold.Snapshots.professional;
import static org.stripeanalytics.fold.Snapshots.starter;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.Payments;
import org.stripeanalytics.fold.Snapshots.SubscriptionBuilder;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.facts.SubscriptionEvent;
import org.stripeanalytics.model.schema.RowCoder;

@ExtendWith(TestPipelineExtension.class)
class ComputeSubscriptionEventsTest {

  @Test
  void aTrialThatConverts() {
    assertThat(
        told(aSubscription().trialing("2024-01-10", "2024-01-24").active("2024-01-24")),
        contains(
            "2024-01-10 trial_started",
            "2024-01-21 trial_will_end",
            "2024-01-24 trial_converted",
            "2024-01-24 activated"));
  }

  @Test
  void aTrialThatExpires() {
    assertThat(
        told(aSubscription().trialing("2024-01-10", "2024-01-24").canceled("2024-01-24")),
        contains(
            "2024-01-10 trial_started", "2024-01-21 trial_will_end", "2024-01-24 trial_expired"));
  }

  @Test
  void anUpgradeInMidMonthAndADowngradeAtThePeriodsEnd() {
    assertThat(
        told(
            aSubscription()
                .on(starter())
                .active("2024-01-10")
                .on(professional())
                .active("2024-01-20")
                .on(starter())
                .active("2024-03-10")),
        contains("2024-01-10 activated", "2024-01-20 upgraded", "2024-03-10 downgraded"));
  }

  @Test
  void anAnnualPlanThatCostsLessAYearIsADowngrade() {
    assertThat(
        told(
            aSubscription()
                .on(item("prod_starter", 20_00, "month"))
                .active("2024-01-10")
                .on(item("prod_starter", 200_00, "year"))
                .active("2024-02-10")),
        contains("2024-01-10 activated", "2024-02-10 downgraded"));
  }

  @Test
  void aPauseOfCollectionAndItsEnd() {
    assertThat(
        told(
            aSubscription()
                .active("2024-01-10")
                .pausedCollection("2024-02-10", "void")
                .resumedCollection("2024-04-10")),
        contains("2024-01-10 activated", "2024-02-10 paused", "2024-04-10 resumed"));
  }

  @Test
  void aPauseThatKeepsDraftsIsNone() {
    assertThat(
        told(aSubscription().active("2024-01-10").pausedCollection("2024-02-10", "keep_as_draft")),
        contains("2024-01-10 activated"));
  }

  @Test
  void aCancellationThatIsScheduledAndThenRevoked() {
    assertThat(
        told(
            aSubscription()
                .active("2024-01-10")
                .cancelsAt("2024-02-01", "2024-02-10")
                .staying("2024-02-05")),
        contains(
            "2024-01-10 activated",
            "2024-02-01 cancellation_scheduled",
            "2024-02-05 cancellation_revoked"));
  }

  @Test
  void aCancellationOnRequestAndAReturnAfterAGapOnANewSubscription() {
    assertThat(
        told(
            aSubscription().active("2024-01-10").canceled("2024-02-10"),
            aSubscription().id("sub_2").active("2024-06-10")),
        contains("2024-01-10 activated", "2024-02-10 churned_voluntary", "2024-06-10 reactivated"));
  }

  @Test
  void dunningThatEndsInRecovery() {
    Payments payments = Payments.of("in_1");
    assertThat(
        told(
            List.of(
                payments.open("2024-02-10"),
                payments.link("2024-02-10"),
                payments.charge("ch_1", "2024-02-10", "failed"),
                payments.retrying("2024-02-10T01:00", 1),
                payments.charge("ch_2", "2024-02-13", "succeeded"),
                payments.paid("2024-02-13")),
            aSubscription().active("2024-01-10").pastDue("2024-02-10").active("2024-02-13")),
        contains(
            "2024-01-10 activated",
            "2024-02-10 payment_failed",
            "2024-02-10 past_due",
            "2024-02-13 recovered"));
  }

  @Test
  void dunningThatEndsInChurn() {
    assertThat(
        told(
            aSubscription()
                .active("2024-01-10")
                .pastDue("2024-02-10")
                .canceled("2024-03-01", "payment_failed")),
        contains("2024-01-10 activated", "2024-02-10 past_due", "2024-03-01 churned_involuntary"));
  }

  @Test
  void anUnpaidSubscriptionChurnsOnceAndNotAgainWhenItIsCanceled() {
    assertThat(
        told(
            aSubscription()
                .active("2024-01-10")
                .status("unpaid", "2024-03-01")
                .canceled("2024-05-01", "payment_failed")),
        contains("2024-01-10 activated", "2024-03-01 churned_involuntary"));
  }

  @Test
  void aLostDisputeAndTwoPartialRefundsOfOneDay() {
    Payments payments = Payments.of("in_1");
    assertThat(
        told(
            List.of(
                payments.open("2024-02-10"),
                payments.link("2024-02-10"),
                payments.charge("ch_1", "2024-02-10", "succeeded"),
                payments.paid("2024-02-10"),
                payments.refund("re_1", "ch_1", "2024-02-20", "succeeded", "2024-02-20"),
                payments.refund("re_2", "ch_1", "2024-02-20", "succeeded", "2024-02-20"),
                payments.dispute("du_1", "ch_1", "2024-03-05", "2024-03-05", "needs_response"),
                payments.dispute("du_1", "ch_1", "2024-05-05", "2024-03-05", "lost")),
            aSubscription().active("2024-01-10")),
        contains("2024-01-10 activated", "2024-02-20 refunded", "2024-03-05 disputed"));
  }

  @Test
  void anInquiryIsNoDisputeUntilItBecomesOne() {
    Payments payments = Payments.of("in_1");
    assertThat(
        told(
            List.of(
                payments.dispute(
                    "du_1", "ch_1", "2024-03-05", "2024-03-05", "warning_under_review"),
                payments.dispute("du_1", "ch_1", "2024-03-20", "2024-03-05", "needs_response"))),
        contains("2024-03-20 disputed"));
  }

  @Test
  void startAndEndWithinOneDayAreBothTold() {
    assertThat(
        told(aSubscription().active("2024-01-10T08:00").canceled("2024-01-10T20:00")),
        contains("2024-01-10 activated", "2024-01-10 churned_voluntary"));
  }

  @Test
  void theSignupIsTheCustomersAndOfNoSubscription() {
    assertThat(
        told(List.of(Change.of(aCustomer("cus_1", "2024-01-05").build()))),
        hasItem("2024-01-05 signed_up"));
  }

  @Test
  void daysAreThoseOfTheReportingZone() {
    ZoneId zone = ZoneId.of("America/Los_Angeles");
    CustomerTimeline timeline =
        Timelines.of(
            CATALOG,
            MetricPolicies.defaults().toBuilder()
                .setFrame(ReportingFrame.defaults().withZone(zone))
                .build(),
            aSubscription().active("2024-03-01T07:59").canceled("2024-03-31T07:00"));
    assertThat(
        ComputeSubscriptionEvents.rows(timeline, zone).stream()
            .map(event -> event.getDay() + " " + event.getEventName())
            .toList(),
        contains("2024-02-29 activated", "2024-03-31 churned_voluntary"));
  }

  @Test
  void theTransformGivesTheRowsOfEveryTimeline(TestPipeline pipeline) {
    CustomerTimeline timeline =
        Timelines.of(aSubscription().active("2024-01-10").canceled("2024-02-10"));
    List<SubscriptionEvent> rows = ComputeSubscriptionEvents.rows(timeline, ZoneOffset.UTC);

    PAssert.that(
            pipeline
                .apply(Create.of(timeline).withCoder(RowCoder.of(CustomerTimeline.class)))
                .apply(ComputeSubscriptionEvents.in(ZoneOffset.UTC)))
        .containsInAnyOrder(rows);
    pipeline.run().waitUntilFinish();
  }

  private static List<String> told(SubscriptionBuilder... subscriptions) {
    return told(List.of(), subscriptions);
  }

  private static List<String> told(List<Change> more, SubscriptionBuilder... subscriptions) {
    List<Change> changes = new ArrayList<>(more);
    for (SubscriptionBuilder subscription : subscriptions) {
      changes.addAll(subscription.changes());
    }
    return ComputeSubscriptionEvents.rows(
            Timelines.of(CATALOG, MetricPolicies.defaults(), changes), ZoneOffset.UTC)
        .stream()
        .map(event -> event.getDay() + " " + event.getEventName())
        .toList();
  }
}
