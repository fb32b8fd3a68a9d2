package org.stripeanalytics.fold;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.stripeanalytics.fold.billing.BilledPeriod;
import org.stripeanalytics.fold.billing.Settlements;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.InvoiceState;
import org.stripeanalytics.fold.state.SubscriptionState;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.MrrHistory;

/**
 * What of a customer's state is still worth remembering on a day. A state that nothing has changed
 * loses no more by being looked at later than by being carried on from month to month, so it need
 * not be stored again: only months with a change have a row.
 */
final class StateRetention {
  private static final Comparator<InvoiceSnapshot> BY_AGE =
      Comparator.comparing(InvoiceSnapshot::getCreated).thenComparing(InvoiceSnapshot::getId);

  /**
   * @param day the first day after those that the state knows, or any later one
   */
  static CustomerState at(CustomerState state, LocalDate day) {
    return state.toBuilder()
        .setSubscriptions(
            state.getSubscriptions().stream()
                .map(subscription -> slim(subscription, day))
                .collect(toImmutableList()))
        .setInvoices(invoices(state, day.minusDays(1).withDayOfMonth(1)))
        .setOpening(state.getOpening().since(MrrHistory.oldestRemembered(day)))
        .build();
  }

  /** Of what has ended nothing more is billed. */
  private static SubscriptionState slim(SubscriptionState subscription, LocalDate day) {
    return isOver(subscription)
        ? subscription.toBuilder()
            .setVersion(subscription.getVersion().toBuilder().setItems(List.of()).build())
            .setBilled(List.of())
            .build()
        : subscription.toBuilder()
            .setBilled(
                subscription.getBilled().stream()
                    .filter(period -> isBilledFrom(day, period))
                    .collect(toImmutableList()))
            .build();
  }

  /** Whatever the reporting zone: its days begin at most a day before those of UTC. */
  private static boolean isBilledFrom(LocalDate day, BilledPeriod period) {
    return period.getEnd().isAfter(Days.start(day.minusDays(1), ZoneOffset.UTC));
  }

  private static boolean isOver(SubscriptionState subscription) {
    return subscription.getStatus().equals("canceled");
  }

  /**
   * Invoices whose settlement may go on or has ended this month, and the newest of each
   * subscription that goes on: whether it is being paid decides what kind of churn follows.
   */
  private static ImmutableList<InvoiceState> invoices(CustomerState state, LocalDate month) {
    Set<String> over = new TreeSet<>();
    state.getSubscriptions().stream()
        .filter(StateRetention::isOver)
        .forEach(subscription -> over.add(subscription.getVersion().getId()));
    TreeMap<String, InvoiceSnapshot> newestOf = new TreeMap<>();
    for (InvoiceState invoice : state.getInvoices()) {
      String subscription = Settlements.subscription(invoice.getVersion());
      if (subscription != null && !over.contains(subscription)) {
        newestOf.merge(
            subscription,
            invoice.getVersion(),
            (known, next) -> BY_AGE.compare(known, next) > 0 ? known : next);
      }
    }
    return state.getInvoices().stream()
        .filter(
            invoice ->
                invoice.getSettledOn() == null
                    || !invoice.getSettledOn().isBefore(month)
                    || newestOf.containsValue(invoice.getVersion()))
        .collect(toImmutableList());
  }

  private StateRetention() {}
}
