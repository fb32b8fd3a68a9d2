package org.stripeanalytics.fold.changes;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.stripeanalytics.model.intermediate.ObjectOwner;

/**
 * One customer's changes, by kind of object and in time order: (time, day, id), so that versions of
 * one second have an order too.
 *
 * @param subscriptions versions by subscription id
 * @param origins by object id, what earlier runs stored
 */
public record ChangeLog(
    ImmutableList<CustomerSnapshot> customers,
    ImmutableList<PaymentMethodSnapshot> paymentMethods,
    ImmutableSortedMap<String, ImmutableList<SubscriptionSnapshot>> subscriptions,
    ImmutableList<InvoiceSnapshot> invoices,
    ImmutableList<InvoicePaymentSnapshot> invoicePayments,
    ImmutableList<PaymentFailure> paymentFailures,
    ImmutableList<ChargeSnapshot> charges,
    ImmutableList<RefundSnapshot> refunds,
    ImmutableList<DisputeSnapshot> disputes,
    ImmutableMap<String, ObjectOwner> origins) {

  /** Of changes in any order; checkpoints are no changes and are left out. */
  public static ChangeLog of(Collection<Change> changes) {
    Map<String, ObjectOwner> origins = new HashMap<>();
    for (Change change : changes) {
      if (change.getOrigin() != null) {
        origins.put(change.version().getId(), change.getOrigin());
      }
    }
    return new ChangeLog(
        sorted(changes, Change::getCustomer),
        sorted(changes, Change::getPaymentMethod),
        bySubscription(sorted(changes, Change::getSubscription)),
        sorted(changes, Change::getInvoice),
        sorted(changes, Change::getInvoicePayment),
        sorted(changes, Change::getPaymentFailure),
        sorted(changes, Change::getCharge),
        sorted(changes, Change::getRefund),
        sorted(changes, Change::getDispute),
        ImmutableMap.copyOf(origins));
  }

  /**
   * When objects changed, in no order. Events are left out: the change that each reports is already
   * included.
   */
  public Stream<Instant> instants() {
    return Stream.of(
            customers.stream(),
            paymentMethods.stream(),
            subscriptions.values().stream().flatMap(List::stream),
            invoices.stream(),
            invoicePayments.stream(),
            charges.stream(),
            refunds.stream(),
            disputes.stream())
        .flatMap(versions -> versions)
        .map(Version::getChangedAt);
  }

  /** The part of it that was known at an instant. */
  public ChangeLog before(Instant end) {
    TreeMap<String, ImmutableList<SubscriptionSnapshot>> known = new TreeMap<>();
    subscriptions.forEach(
        (id, versions) -> {
          ImmutableList<SubscriptionSnapshot> earlier = before(versions, end);
          if (!earlier.isEmpty()) {
            known.put(id, earlier);
          }
        });
    return new ChangeLog(
        before(customers, end),
        before(paymentMethods, end),
        ImmutableSortedMap.copyOfSorted(known),
        before(invoices, end),
        before(invoicePayments, end),
        before(paymentFailures, end),
        before(charges, end),
        before(refunds, end),
        before(disputes, end),
        origins);
  }

  private static <V extends Version> ImmutableList<V> before(
      ImmutableList<V> versions, Instant end) {
    int known = versions.size();
    while (known > 0 && !versions.get(known - 1).getChangedAt().isBefore(end)) {
      known--;
    }
    return versions.subList(0, known);
  }

  private static <V extends Version> ImmutableList<V> sorted(
      Collection<Change> changes, Function<Change, V> kind) {
    return changes.stream()
        .map(kind)
        .filter(Objects::nonNull)
        .sorted(Version.IN_TIME_ORDER)
        .collect(toImmutableList());
  }

  private static ImmutableSortedMap<String, ImmutableList<SubscriptionSnapshot>> bySubscription(
      ImmutableList<SubscriptionSnapshot> versions) {
    TreeMap<String, ImmutableList.Builder<SubscriptionSnapshot>> lists = new TreeMap<>();
    for (SubscriptionSnapshot version : versions) {
      lists.computeIfAbsent(version.getId(), id -> ImmutableList.builder()).add(version);
    }
    ImmutableSortedMap.Builder<String, ImmutableList<SubscriptionSnapshot>> built =
        ImmutableSortedMap.naturalOrder();
    lists.forEach((id, list) -> built.put(id, list.build()));
    return built.build();
  }
}
