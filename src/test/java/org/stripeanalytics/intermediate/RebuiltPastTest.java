package org.stripeanalytics.intermediate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.stripeanalytics.intermediate.Snapshots.aSubscription;
import static org.stripeanalytics.intermediate.Snapshots.at;
import static org.stripeanalytics.intermediate.Snapshots.professional;
import static org.stripeanalytics.intermediate.Snapshots.starter;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.raw.InvoiceParent;
import org.stripeanalytics.model.raw.Period;
import org.stripeanalytics.model.raw.StatusTransitions;
import org.stripeanalytics.model.raw.SubscriptionItem;

class RebuiltPastTest {

  @Test
  void itWasTrialingInItsTrialAndActiveUntilItEnded() {
    SubscriptionSnapshot only =
        aSubscription()
            .trialing("2024-01-10", "2024-01-24")
            .canceled("2024-05-10")
            .versions()
            .get(1)
            .toBuilder()
            .setChangedAt(at("2024-09-01"))
            .build();

    assertThat(
        told(RebuiltPast.of(only, List.of(), Map.of())),
        contains(
            "2024-01-10 trialing starter",
            "2024-01-24 active starter",
            "2024-05-10 canceled starter",
            "2024-09-01 canceled starter"));
  }

  @Test
  void anEarlierPriceIsThatOfTheInvoiceLineThatBillsTheTime() {
    SubscriptionItem now = professional().toBuilder().setId("si_1").build();
    SubscriptionSnapshot only =
        aSubscription().on(now).active("2024-01-10").versions().get(0).toBuilder()
            .setChangedAt(at("2024-03-10"))
            .build();

    assertThat(
        told(
            RebuiltPast.of(
                only,
                List.of(billing("2024-01-10", "2024-02-10", "price_old")),
                Map.of("price_old", starter().getPrice()))),
        contains(
            "2024-01-10 active starter",
            "2024-02-10 active professional",
            "2024-03-10 active professional"));
  }

  @Test
  void pastDueIsOnlyWhatItWasSeenToBe() {
    SubscriptionSnapshot only =
        aSubscription().active("2024-01-10").pastDue("2024-06-10").versions().get(1);

    assertThat(
        told(RebuiltPast.of(only, List.of(), Map.of())),
        contains("2024-01-10 active starter", "2024-06-10 past_due starter"));
  }

  private static List<String> told(List<SubscriptionHold> holds) {
    return holds.stream()
        .map(
            hold ->
                hold.from().toString().substring(0, 10)
                    + " "
                    + hold.status()
                    + " "
                    + hold.version().getItems().get(0).getPrice().getProduct().replace("prod_", ""))
        .toList();
  }

  private static InvoiceSnapshot billing(String from, String until, String price) {
    return InvoiceSnapshot.builder()
        .setId("in_1")
        .setCustomer("cus_1")
        .setCreated(at(from))
        .setStatus("paid")
        .setCollectionMethod("charge_automatically")
        .setCurrency("usd")
        .setSubtotal(20_00)
        .setTotal(20_00)
        .setAmountDue(20_00)
        .setAmountPaid(20_00)
        .setAmountRemaining(0)
        .setAttemptCount(1)
        .setParent(
            InvoiceParent.builder()
                .setType("subscription_details")
                .setSubscription("sub_1")
                .build())
        .setStatusTransitions(StatusTransitions.builder().build())
        .setLines(
            List.of(
                BilledLine.builder()
                    .setId("il_1")
                    .setQuantity(1L)
                    .setPeriod(Period.builder().setStart(at(from)).setEnd(at(until)).build())
                    .setParent(
                        BilledLineParent.builder()
                            .setSubscriptionItemDetails(
                                BilledItem.builder()
                                    .setSubscription("sub_1")
                                    .setSubscriptionItem("si_1")
                                    .setProration(false)
                                    .build())
                            .build())
                    .setPricing(BilledPricing.builder().setPrice(price).build())
                    .build()))
        .setLivemode(true)
        .setChangedAt(at(from))
        .setSnapshotDate(Snapshots.day(from))
        .build();
  }
}
