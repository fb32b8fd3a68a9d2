package org.stripeanalytics.fold;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.CATALOG;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.fold.Snapshots.starter;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.fold.Snapshots.SubscriptionBuilder;
import org.stripeanalytics.fold.changes.BilledItem;
import org.stripeanalytics.fold.changes.BilledLine;
import org.stripeanalytics.fold.changes.BilledLineParent;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.CustomerStates;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.Period;
import org.stripeanalytics.model.raw.Recurring;
import org.stripeanalytics.model.raw.SubscriptionItem;

/** An invoice is held against what its subscription counts, each in annualised minor units. */
class RevenueComparisonTest {

  @Test
  void anInvoiceBillsWhatItsSubscriptionCounts() {
    assertThat(compared(aSubscription().active("2024-02-10"), 20_00), is("24000 billed, 24000"));
  }

  @Test
  void aPriceThatIsMisreadShows() {
    SubscriptionItem packages = starter().toBuilder().setQuantity(25L).build();

    assertThat(
        compared(aSubscription().on(packages).active("2024-02-10"), 30_00),
        is("36000 billed, 600000"));
  }

  @Test
  void anUpgradeOnTheDayOfTheRenewalIsNoDifference() {
    SubscriptionItem two = starter().toBuilder().setQuantity(2L).build();

    assertThat(
        compared(aSubscription().active("2024-02-01").on(two).active("2024-02-10T15:00"), 20_00),
        is("24000 billed, 24000"));
  }

  @Test
  void whatIsBilledInATrialIsNotCompared() {
    assertThat(
        compared(aSubscription().trialing("2024-02-10", "2024-02-24"), 0), is("null billed, null"));
  }

  @Test
  void whatWasUsedIsNotCompared() {
    ItemPrice price = starter().getPrice();
    Recurring metered = price.getRecurring().toBuilder().setUsageType("metered").build();
    SubscriptionItem usage =
        starter().toBuilder().setPrice(price.toBuilder().setRecurring(metered).build()).build();

    assertThat(
        compared(aSubscription().on(usage).active("2024-02-10"), 7_00), is("null billed, null"));
  }

  /**
   * Stripe keeps a draft for an hour: that of a renewal before midnight is open in the next month.
   */
  @Test
  void anInvoiceThatLeavesDraftAfterItsMonthIsComparedAsIfMonthsWereFoldedAtOnce() {
    InvoiceSnapshot open =
        Payments.of("in_1").open("2024-03-01T00:06").getInvoice().toBuilder()
            .setLines(List.of(aLine(20_00, "2024-02-29T23:06", "2024-03-31T23:06")))
            .build();
    List<Change> february = aSubscription().active("2024-02-29T23:06").changes();
    CustomerFold fold = new CustomerFold(CATALOG, MetricPolicies.defaults());

    CustomerState state =
        fold.fold("cus_1", CustomerStates.EMPTY, february, month("2024-02-01")).state();
    InvoiceSettlement settlement =
        fold.fold("cus_1", state, List.of(Change.of(open)), month("2024-03-01"))
            .timeline()
            .getSettlements()
            .get(0);

    assertThat(told(settlement), is("24000 billed, 24000"));
  }

  private static DataInterval month(String first) {
    return DataInterval.of(day(first), day(first).plusMonths(1));
  }

  /** What the invoice of 10 February bills for the month, and what is counted. */
  private static String compared(SubscriptionBuilder subscription, long amount) {
    InvoiceSnapshot invoice =
        Payments.of("in_1").open("2024-02-10").getInvoice().toBuilder()
            .setLines(List.of(aLine(amount, "2024-02-10", "2024-03-10")))
            .build();
    List<Change> changes = new ArrayList<>(subscription.changes());
    changes.add(Change.of(invoice));
    InvoiceSettlement settlement =
        Timelines.of(CATALOG, MetricPolicies.defaults(), changes).getSettlements().get(0);
    return told(settlement);
  }

  private static String told(InvoiceSettlement settlement) {
    return settlement.getBilledArrMinor() + " billed, " + settlement.getSubscribedArrMinor();
  }

  private static BilledLine aLine(long amount, String start, String end) {
    return BilledLine.builder()
        .setId("il_1")
        .setAmount(amount)
        .setPeriod(Period.builder().setStart(at(start)).setEnd(at(end)).build())
        .setParent(
            BilledLineParent.builder()
                .setSubscriptionItemDetails(
                    BilledItem.builder()
                        .setSubscription("sub_1")
                        .setSubscriptionItem("si_prod_starter")
                        .setProration(false)
                        .build())
                .build())
        .build();
  }
}
