package org.stripeanalytics.fold;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.professional;
import static org.stripeanalytics.fold.Snapshots.starter;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.fold.billing.BilledPeriod;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.model.raw.SubscriptionItem;

class RebuiltPastTest {

  @Test
  void itWasTrialingInItsTrialAndActiveUntilItEnded() {
    SubscriptionSnapshot first =
        aSubscription()
            .trialing("2024-01-10", "2024-01-24")
            .canceled("2024-05-10")
            .versions()
            .get(1)
            .toBuilder()
            .setChangedAt(at("2024-09-01"))
            .build();

    assertThat(
        told(RebuiltPast.of(first, List.of(), Map.of())),
        contains("2024-01-10 trialing starter", "2024-01-24 active starter"));
  }

  @Test
  void anEarlierPriceIsThatOfTheInvoiceLineThatBillsTheTime() {
    SubscriptionItem now = professional().toBuilder().setId("si_1").build();
    SubscriptionSnapshot first =
        aSubscription().on(now).active("2024-01-10").versions().get(0).toBuilder()
            .setChangedAt(at("2024-03-10"))
            .build();

    assertThat(
        told(
            RebuiltPast.of(
                first,
                List.of(billed("2024-01-10", "2024-02-10", "price_old")),
                Map.of("price_old", starter().getPrice()))),
        contains("2024-01-10 active starter", "2024-02-10 active professional"));
  }

  @Test
  void anItemThatWasAddedLaterTakesThePlaceOfOneThatIsGone() {
    SubscriptionItem added =
        professional().toBuilder().setId("si_2").setCreated(at("2024-01-25")).build();
    SubscriptionSnapshot first =
        aSubscription().on(added).active("2024-01-10").versions().get(0).toBuilder()
            .setChangedAt(at("2024-03-10"))
            .build();

    assertThat(
        told(
            RebuiltPast.of(
                first,
                List.of(billed("2024-01-10", "2024-02-10", "price_old")),
                Map.of("price_old", starter().getPrice()))),
        contains(
            "2024-01-10 active starter",
            "2024-01-25 active professional",
            "2024-02-10 active professional"));
  }

  @Test
  void anInvoiceOfALaterTimeSaysNothingOfThePast() {
    SubscriptionSnapshot first =
        aSubscription()
            .on(professional().toBuilder().setId("si_1").build())
            .active("2024-01-10")
            .versions()
            .get(0)
            .toBuilder()
            .setChangedAt(at("2024-02-01"))
            .build();

    assertThat(
        told(
            RebuiltPast.of(
                first,
                List.of(
                    billed("2024-01-10", "2024-02-10", "price_old").toBuilder()
                        .setInvoiceCreated(at("2024-02-10"))
                        .build()),
                Map.of("price_old", starter().getPrice()))),
        contains("2024-01-10 active professional"));
  }

  @Test
  void pastDueIsOnlyWhatItWasSeenToBe() {
    SubscriptionSnapshot first =
        aSubscription().active("2024-01-10").pastDue("2024-06-10").versions().get(1);

    assertThat(
        told(RebuiltPast.of(first, List.of(), Map.of())), contains("2024-01-10 active starter"));
  }

  @Test
  void whatWasSeenAtTheStartHasNoPast() {
    SubscriptionSnapshot first = aSubscription().active("2024-01-10").versions().get(0);

    assertThat(told(RebuiltPast.of(first, List.of(), Map.of())), is(empty()));
  }

  private static List<String> told(List<SubscriptionHold> holds) {
    return holds.stream()
        .map(
            hold ->
                hold.from().toString().substring(0, 10)
                    + " "
                    + hold.status()
                    + " "
                    + hold.version().getItems().stream()
                        .map(item -> item.getPrice().getProduct().replace("prod_", ""))
                        .collect(joining("+")))
        .toList();
  }

  private static BilledPeriod billed(String from, String until, String price) {
    return BilledPeriod.builder()
        .setInvoice("in_1")
        .setInvoiceCreated(at(from))
        .setLine("il_1")
        .setSubscription("sub_1")
        .setItem("si_1")
        .setPrice(price)
        .setQuantity(1L)
        .setAmount(20_00)
        .setCurrency("usd")
        .setStart(at(from))
        .setEnd(at(until))
        .build();
  }
}
