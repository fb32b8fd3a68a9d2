package org.stripeanalytics.facts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.item;
import static org.stripeanalytics.fold.Snapshots.professional;
import static org.stripeanalytics.fold.Snapshots.starter;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.fold.Snapshots.SubscriptionBuilder;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.raw.SubscriptionItem;

class MrrMovementsTest {

  /** The example of the metric definitions, for one customer, in monthly dollars. */
  @Test
  void aCustomersLifeIsNewExpansionContractionChurnAndReactivation() {
    SubscriptionItem twoOfThirty = item("prod_x", 30_00, "month", 1, 2, "usd");
    SubscriptionItem threeOfFifty = item("prod_professional", 50_00, "month", 1, 3, "usd");

    assertThat(
        told(
            aSubscription()
                .id("sub_yearly")
                .on(item("prod_professional", 500_00, "year", 1, 4, "usd"))
                .active("2024-01-10")
                .canceled("2024-05-10"),
            aSubscription()
                .id("sub_extra")
                .on(twoOfThirty)
                .active("2024-02-10")
                .canceled("2024-03-10"),
            aSubscription().id("sub_back").on(threeOfFifty).active("2024-08-10")),
        contains(
            "2024-01-10 new 166.67",
            "2024-02-10 expansion 60.00",
            "2024-03-10 contraction -60.00",
            "2024-05-10 churn -166.67 voluntary",
            "2024-08-10 reactivation 150.00"));
  }

  @Test
  void aReturnOnANewSubscriptionIsAReactivationAndNotNew() {
    assertThat(
        told(
            aSubscription().active("2024-01-10").canceled("2024-02-10"),
            aSubscription().id("sub_2").active("2024-06-10")),
        contains(
            "2024-01-10 new 20.00",
            "2024-02-10 churn -20.00 voluntary",
            "2024-06-10 reactivation 20.00"));
  }

  @Test
  void oneOfTwoSubscriptionsEndingIsContractionAndNotChurn() {
    assertThat(
        told(
            aSubscription().active("2024-01-10"),
            aSubscription()
                .id("sub_2")
                .on(professional())
                .active("2024-01-10")
                .canceled("2024-03-10")),
        contains("2024-01-10 new 70.00", "2024-03-10 contraction -50.00"));
  }

  @Test
  void aTrialThatNeverConvertsMovesNothing() {
    assertThat(
        told(aSubscription().trialing("2024-01-10", "2024-01-24").canceled("2024-01-24")),
        is(empty()));
  }

  @Test
  void anUnpaidSubscriptionIsInvoluntaryChurn() {
    assertThat(
        told(
            aSubscription()
                .active("2024-01-10")
                .pastDue("2024-02-10")
                .status("unpaid", "2024-02-24")),
        contains("2024-01-10 new 20.00", "2024-02-24 churn -20.00 involuntary"));
  }

  @Test
  void aDisputedPaymentThatEndsASubscriptionIsDisputeChurn() {
    assertThat(
        told(aSubscription().active("2024-01-10").canceled("2024-02-01", "payment_disputed")),
        contains("2024-01-10 new 20.00", "2024-02-01 churn -20.00 dispute"));
  }

  @Test
  void revenueThatStopsWithoutAnEndIsPaused() {
    assertThat(
        told(aSubscription().active("2024-01-10").pausedCollection("2024-02-01", "void")),
        contains("2024-01-10 new 20.00", "2024-02-01 churn -20.00 pause"));
  }

  @Test
  void theSubscriptionThatEndedLastDecidesTheKindOfChurn() {
    assertThat(
        told(
            aSubscription().active("2024-01-10").canceled("2024-02-10T09:00", "payment_failed"),
            aSubscription()
                .id("sub_2")
                .on(starter())
                .active("2024-01-10")
                .canceled("2024-02-10T10:00", "cancellation_requested")),
        contains("2024-01-10 new 40.00", "2024-02-10 churn -40.00 voluntary"));
  }

  private static List<String> told(SubscriptionBuilder... subscriptions) {
    CustomerTimeline timeline = Timelines.of(subscriptions);
    return MrrMovements.of(timeline, ZoneOffset.UTC).stream()
        .map(
            movement ->
                String.format(
                        "%s %s %.2f %s",
                        movement.getDay(),
                        movement.getMovementType(),
                        movement.getArrMinorChange() / 1200.0,
                        movement.getChurnKind() == null ? "" : movement.getChurnKind())
                    .trim())
        .toList();
  }
}
