package org.stripeanalytics.fold;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.CATALOG;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.day;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.CustomerStates;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.LateChange;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;

/** Attempts, settlements and what comes after a charge; also where an account is messy. */
class BillingFoldTest {
  private final Payments invoice = Payments.of("in_1");

  @Test
  void everyAttemptIsInTheSettlementAndNumbered() {
    CustomerTimeline timeline =
        fold(
            invoice.open("2024-02-10"),
            invoice.link("2024-02-10"),
            invoice.charge("ch_b", "2024-02-13", "failed"),
            invoice.charge("ch_a", "2024-02-10", "failed"),
            invoice.charge("ch_c", "2024-02-17", "succeeded"),
            invoice.retrying("2024-02-10", 1),
            invoice.paid("2024-02-17"));

    InvoiceSettlement settlement = timeline.getSettlements().get(0);
    assertThat(told(settlement), is("paid first failed 3 attempts 1 succeeded recovered"));
    assertThat(
        settlement.getAttemptLog().stream()
            .map(a -> a.getChargeId() + " " + a.getStatus() + " " + a.getFailureCode())
            .toList(),
        contains("ch_a failed card_declined", "ch_b failed card_declined", "ch_c succeeded null"));
    assertThat(
        timeline.getAttempts().stream()
            .map(a -> a.getCharge().getId() + " " + a.getAttemptNumber() + " " + a.getInvoiceId())
            .toList(),
        contains("ch_a 1 in_1", "ch_b 2 in_1", "ch_c 3 in_1"));
  }

  @Test
  void anInvoiceThatWillBeTriedAgainIsInRecovery() {
    assertThat(
        told(
            fold(
                    invoice.open("2024-02-10"),
                    invoice.link("2024-02-10"),
                    invoice.charge("ch_1", "2024-02-10", "failed"),
                    invoice.retrying("2024-02-10T01:00", 1))
                .getSettlements()
                .get(0)),
        is("open first failed 1 attempts 0 succeeded in recovery"));
  }

  @Test
  void aChargeThatWasPendingIsTakenAsItWasDecided() {
    assertThat(
        fold(
                invoice.open("2024-02-10"),
                invoice.link("2024-02-10"),
                invoice.charge("ch_1", "2024-02-10", "pending"),
                invoice.decided("ch_1", "2024-02-10", "2024-02-14", "succeeded"),
                invoice.paid("2024-02-14"))
            .getAttempts()
            .stream()
            .map(
                attempt ->
                    attempt.getCharge().getStatus()
                        + " "
                        + LocalDate.ofInstant(attempt.getDecidedAt(), ZoneOffset.UTC))
            .toList(),
        contains("succeeded 2024-02-14"));
  }

  @Test
  void ofAHoldWhatWasCapturedIsCharged() {
    CustomerTimeline timeline =
        fold(
            invoice.hold("ch_held", "2024-02-10", "2024-02-10"),
            invoice.hold("ch_part", "2024-02-11", "2024-02-11"),
            invoice.captured("ch_part", "2024-02-11", "2024-02-13", 12_00));

    assertThat(
        timeline.getAttempts().stream()
            .map(
                attempt ->
                    attempt.getCharge().getId()
                        + " "
                        + attempt.getCharge().outcome()
                        + " "
                        + attempt.getAmountReportingMinor())
            .toList(),
        contains("ch_held uncaptured 2000", "ch_part succeeded 1200"));
  }

  @Test
  void aHoldIsNoAttemptAtItsInvoice() {
    assertThat(
        told(
            fold(
                    invoice.open("2024-02-10"),
                    invoice.link("2024-02-10"),
                    invoice.hold("ch_1", "2024-02-10", "2024-02-10"))
                .getSettlements()
                .get(0)),
        is("open first null 0 attempts 0 succeeded"));
  }

  @Test
  void givingBackWhatWasNeverCapturedIsNoRefundWhateverItsReason() {
    CustomerTimeline timeline =
        fold(
            invoice.hold("ch_held", "2024-02-10", "2024-02-10"),
            invoice.charge("ch_paid", "2024-02-10", "succeeded"),
            invoice.refund("re_held", "ch_held", "2024-02-12", "succeeded", "2024-02-12"),
            invoice.refund("re_paid", "ch_paid", "2024-02-12", "succeeded", "2024-02-12"));

    assertThat(
        timeline.getRefunds().stream()
            .map(r -> r.getRefund().getId() + " " + r.getIsRelease() + " " + r.getRefundedAt())
            .toList(),
        contains("re_held true null", "re_paid false 2024-02-12T00:00:00Z"));
  }

  @Test
  void whereNoChargeIsLinkedTheInvoiceTellsOfItsAttempts() {
    InvoiceSettlement settlement =
        fold(
                invoice.open("2024-02-10"),
                invoice.retrying("2024-02-11", 1),
                invoice.failure("2024-02-11"),
                invoice.retrying("2024-02-14", 2),
                invoice.failure("2024-02-14"),
                invoice.paidAfter(3, "2024-02-17"))
            .getSettlements()
            .get(0);

    assertThat(told(settlement), is("paid first failed 3 attempts 1 succeeded recovered"));
    assertThat(settlement.getFirstAttemptedAt(), is(Snapshots.at("2024-02-11")));
    assertThat(settlement.getAttemptLog(), is(empty()));
  }

  @Test
  void anInvoicePaidAtTheFirstAttemptWasAttemptedWhenItWasFinalized() {
    InvoiceSettlement settlement =
        fold(invoice.open("2024-02-10"), invoice.paidAfter(1, "2024-02-17"))
            .getSettlements()
            .get(0);

    assertThat(told(settlement), is("paid first succeeded 1 attempts 1 succeeded"));
    assertThat(settlement.getFirstAttemptedAt(), is(Snapshots.at("2024-02-10")));
  }

  @Test
  void whatWasPaidOutOfBandWasNotPaidByAnAttempt() {
    Change opened = invoice.open("2024-02-10");
    InvoiceSnapshot outOfBand =
        invoice.paidAfter(1, "2024-02-17").getInvoice().toBuilder().setPaidOutOfBand(true).build();

    assertThat(
        told(
            fold(opened, invoice.retrying("2024-02-11", 1), Change.of(outOfBand))
                .getSettlements()
                .get(0)),
        is("paid first failed 1 attempts 0 succeeded recovered"));
  }

  @Test
  void anInvoiceDoesNotSayWhenAnAttemptFailed() {
    invoice.open("2024-02-10");

    assertThat(
        fold(invoice.retrying("2024-03-01", 2)).getSettlements().get(0).getFirstAttemptedAt(),
        is(Snapshots.at("2024-02-10")));
  }

  @Test
  void anAttemptThatFailedOnTheDayOfThePaymentIsKnownByItsEvent() {
    InvoiceSettlement settlement =
        fold(
                invoice.open("2024-02-29"),
                invoice.failure("2024-03-01"),
                invoice.paidAfter(2, "2024-03-01"))
            .getSettlements()
            .get(0);

    assertThat(told(settlement), is("paid first failed 2 attempts 1 succeeded recovered"));
    assertThat(settlement.getFirstAttemptedAt(), is(Snapshots.at("2024-03-01")));
  }

  @Test
  void whatFailedInAnEarlierIntervalIsRemembered() {
    DataInterval february = DataInterval.of(day("2024-02-01"), day("2024-03-01"));
    DataInterval march = DataInterval.of(day("2024-03-01"), day("2024-04-01"));
    CustomerFold fold = new CustomerFold(CATALOG, MetricPolicies.defaults());
    Change opened = invoice.open("2024-02-10");
    CustomerState state =
        fold.fold(
                "cus_1",
                CustomerStates.EMPTY,
                List.of(opened, invoice.retrying("2024-02-11", 1), invoice.failure("2024-02-11")),
                february)
            .state();

    assertThat(
        fold.fold("cus_1", state, List.of(invoice.paidAfter(2, "2024-03-02")), march)
            .timeline()
            .getSettlements()
            .get(0)
            .getFirstAttemptedAt(),
        is(Snapshots.at("2024-02-11")));
  }

  @Test
  void aChargeOutsideInvoicesAndAnInvoiceWithoutChargesAreKept() {
    CustomerTimeline timeline =
        fold(invoice.open("2024-02-10"), invoice.charge("ch_1", "2024-02-10", "succeeded"));

    assertThat(timeline.getAttempts().get(0).getInvoiceId() == null, is(true));
    assertThat(
        told(timeline.getSettlements().get(0)), is("open first null 0 attempts 0 succeeded"));
  }

  @Test
  void aPaymentOfAnInvoiceThatNeverArrivedBreaksNothing() {
    Payments missing = Payments.of("in_missing");

    CustomerTimeline timeline =
        fold(missing.link("2024-02-10"), missing.charge("ch_1", "2024-02-10", "succeeded"));

    assertThat(timeline.getSettlements(), is(empty()));
    assertThat(timeline.getAttempts().get(0).getInvoiceId(), is("in_missing"));
    assertThat(timeline.subscriptionKey("sub_nobody_knows"), is(-1L));
    assertThat(timeline.customerKeyAt(Snapshots.at("2024-02-10")), is(-1L));
  }

  @Test
  void aRefundAndADisputeOfAMissingChargeAreKept() {
    CustomerTimeline timeline =
        fold(
            invoice.refund("re_1", "ch_gone", "2024-02-10", "succeeded", "2024-02-10"),
            invoice.dispute("du_1", "ch_gone", "2024-02-11", "2024-02-11", "lost"));

    assertThat(timeline.getRefunds().get(0).getOrigin().getChargeId(), is("ch_gone"));
    assertThat(timeline.getDisputes().get(0).network(), is("unknown"));
  }

  @Test
  void anItemThatEndsInTheYear9999IsLikeAnyOther() {
    CustomerTimeline timeline =
        Timelines.of(aSubscription().trialing("2024-01-10", "9999-12-31").active("2024-02-10"));

    assertThat(timeline.getSpells().get(1).getArrMinor(), is(240_00L));
  }

  @Test
  void whatIsHeardOfAnOldRefundForTheFirstTimeIsLateAndNamed() {
    DataInterval march = DataInterval.of(day("2024-03-01"), day("2024-04-01"));
    Change late = invoice.refund("re_1", "ch_1", "2024-03-02", "succeeded", "2024-02-20");

    List<LateChange> named =
        new CustomerFold(CATALOG, MetricPolicies.defaults())
            .fold("cus_1", CustomerStates.EMPTY, List.of(late), march)
            .timeline()
            .getLateChanges();

    assertThat(
        named.stream().map(l -> l.getTable() + " " + l.getId() + " " + l.getEffectiveOn()).toList(),
        contains("raw.refunds re_1 2024-02-20"));
  }

  private static CustomerTimeline fold(Change... changes) {
    return Timelines.of(CATALOG, MetricPolicies.defaults(), new ArrayList<>(List.of(changes)));
  }

  private static String told(InvoiceSettlement settlement) {
    return settlement.getStatus()
        + " first "
        + settlement.getFirstAttemptStatus()
        + " "
        + settlement.getAttempts()
        + " attempts "
        + settlement.getAttemptsSucceeded()
        + " succeeded"
        + (settlement.getIsRecovered() ? " recovered" : "")
        + (settlement.getIsInRecovery() ? " in recovery" : "");
  }
}
