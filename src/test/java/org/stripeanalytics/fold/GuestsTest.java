package org.stripeanalytics.fold;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stripeanalytics.fold.Snapshots.CATALOG;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.day;

import java.time.ZoneOffset;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.facts.ComputePayments;
import org.stripeanalytics.facts.ComputeSubscriptionEvents;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.state.CustomerStates;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.facts.PaymentFact;

/** Purchases without a customer: any number of guests are no single large customer. */
class GuestsTest {
  private static final Payments CART = Payments.of("in_none");

  @Test
  void everyPurchaseIsFoldedByItselfWithAllItsAttemptsRefundsAndDisputes() {
    List<Change> changes =
        List.of(
            charge("ch_1", "pi_1", "2024-02-10T10:00", "failed"),
            charge("ch_2", "pi_1", "2024-02-10T10:05", "succeeded"),
            refund("re_1", "ch_2", "pi_1", "succeeded", "2024-02-12"),
            charge("ch_3", null, "2024-02-10T11:00", "succeeded"),
            dispute("du_1", "ch_3", "2024-02-14"),
            charge("ch_4", null, "2024-02-10T12:00", "succeeded"));

    assertThat(
        Timelines.perCustomer(changes).stream().map(GuestsTest::told).toList(),
        contains(
            "guest:ch_3: ch_3 attempt 1, disputed by du_1",
            "guest:ch_4: ch_4 attempt 1",
            "guest:pi_1: ch_1 attempt 1, ch_2 attempt 2, refunded by re_1"));
  }

  @Test
  void aPaymentOfAGuestIsAPaymentOfNoCustomerAndNoEventOfASubscription() {
    CustomerTimeline timeline =
        Timelines.perCustomer(List.of(charge("ch_1", "pi_1", "2024-02-10", "failed"))).get(0);

    PaymentFact payment = ComputePayments.rows(timeline, ZoneOffset.UTC).get(0);
    assertThat(payment.getCustomerId(), is(nullValue()));
    assertThat(payment.getCustomerKey(), is(SurrogateKey.UNKNOWN));
    assertThat(ComputeSubscriptionEvents.rows(timeline, ZoneOffset.UTC), is(empty()));
  }

  @Test
  void aRefundThatSucceedsInALaterMonthFindsWhatItsPurchaseRemembers() {
    Change pending = refund("re_1", "ch_1", "pi_1", "pending", "2024-02-27");
    Change succeeded = refund("re_1", "ch_1", "pi_1", "succeeded", "2024-03-02");
    CustomerFold fold = new CustomerFold(CATALOG, MetricPolicies.defaults());
    DataInterval february = DataInterval.of(day("2024-02-01"), day("2024-03-01"));
    DataInterval march = DataInterval.of(day("2024-03-01"), day("2024-04-01"));

    CustomerTimeline before =
        fold.fold(
                pending.customerId(),
                CustomerStates.EMPTY,
                List.of(charge("ch_1", "pi_1", "2024-02-26", "succeeded"), pending),
                february)
            .timeline();
    CustomerTimeline after =
        fold.fold(
                succeeded.customerId(),
                Checkpoints.newest(before.getCheckpoints(), march.from()),
                List.of(succeeded),
                march)
            .timeline();

    assertThat(before.getCheckpoints().get(0).getCustomerId(), is(succeeded.customerId()));
    assertThat(after.getRefunds().get(0).getRefundedAt(), is(at("2024-03-02")));
  }

  private static String told(CustomerTimeline timeline) {
    return timeline.getCustomerId()
        + ": "
        + timeline.getAttempts().stream()
            .map(made -> made.getCharge().getId() + " attempt " + made.getAttemptNumber())
            .collect(joining(", "))
        + timeline.getRefunds().stream()
            .map(back -> ", refunded by " + back.getRefund().getId())
            .collect(joining())
        + timeline.getDisputes().stream()
            .map(lost -> ", disputed by " + lost.getDispute().getId())
            .collect(joining());
  }

  private static Change charge(String id, @Nullable String intent, String time, String status) {
    return Change.of(
        CART.charge(id, time, status).getCharge().toBuilder()
            .setCustomer(null)
            .setPaymentIntent(intent)
            .build());
  }

  private static Change refund(
      String id, String charge, String intent, String status, String time) {
    return Change.of(
        CART.refund(id, charge, time, status, "2024-02-12").getRefund().toBuilder()
            .setPaymentIntent(intent)
            .build());
  }

  private static Change dispute(String id, String charge, String time) {
    return Change.of(CART.dispute(id, charge, time, time, "lost").getDispute());
  }
}
