package org.stripeanalytics.fold;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.stripeanalytics.fold.billing.BilledPeriod;
import org.stripeanalytics.fold.changes.ChangeLog;
import org.stripeanalytics.fold.changes.CustomerSnapshot;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.InvoiceState;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.DiscountTerms;

/**
 * What a subscription's spells need to know of its customer's other objects.
 *
 * @param customerVersions in time order
 * @param invoiceVersions in time order
 * @param changedInvoices the newest version of each that the interval changed
 * @param remembered what invoices billed before the interval for the subscriptions that need to
 *     know
 */
record CustomerContext(
    List<CustomerSnapshot> customerVersions,
    List<InvoiceSnapshot> invoiceVersions,
    Collection<InvoiceSnapshot> changedInvoices,
    List<BilledPeriod> remembered) {

  static CustomerContext of(CustomerState state, ChangeLog log, CustomerProfile profile) {
    Map<String, InvoiceSnapshot> changed = new LinkedHashMap<>();
    log.invoices().forEach(version -> changed.put(version.getId(), version));
    return new CustomerContext(
        profile.versions(),
        Stream.concat(
                state.getInvoices().stream().map(InvoiceState::getVersion), log.invoices().stream())
            .toList(),
        changed.values(),
        state.getSubscriptions().stream()
            .flatMap(known -> known.getBilled().stream())
            .filter(period -> !changed.containsKey(period.getInvoice()))
            .toList());
  }

  /** What invoices bill a subscription, the oldest first. */
  List<BilledPeriod> billed(String subscription) {
    return Stream.concat(
            remembered.stream().filter(period -> period.getSubscription().equals(subscription)),
            changedInvoices.stream().flatMap(invoice -> BilledPeriod.of(invoice, subscription)))
        .sorted(BilledPeriod.OLDEST_FIRST)
        .toList();
  }

  /**
   * The customer-wide discount at an instant, for subscriptions without discounts of their own. The
   * customer was from the signup on what it was first seen to be.
   */
  List<String> customerDiscounts(Instant at) {
    String discount = customerVersions.isEmpty() ? null : customerVersions.get(0).getDiscount();
    for (CustomerSnapshot version : customerVersions) {
      if (version.getChangedAt().isAfter(at)) {
        break;
      }
      discount = version.getDiscount();
    }
    return discount == null ? List.of() : List.of(discount);
  }

  /** Every instant at which a discount on the subscription may start or end. */
  List<Instant> discountChanges(SubscriptionSnapshot subscription, Catalog catalog) {
    List<Instant> instants = new ArrayList<>();
    addTerms(subscription.getDiscounts(), catalog, instants);
    subscription.getItems().forEach(item -> addTerms(item.getDiscounts(), catalog, instants));
    String discount = null;
    for (CustomerSnapshot version : customerVersions) {
      if (!Objects.equals(discount, version.getDiscount())) {
        discount = version.getDiscount();
        instants.add(version.getChangedAt());
        addTerms(discount == null ? List.of() : List.of(discount), catalog, instants);
      }
    }
    return instants;
  }

  private static void addTerms(List<String> discounts, Catalog catalog, List<Instant> instants) {
    for (DiscountTerms terms : catalog.discounts(discounts)) {
      instants.add(terms.start());
      if (terms.end() != null) {
        instants.add(terms.end());
      }
    }
  }

  /**
   * Whether, at the end of a day, the subscription's newest invoice was open or given up after at
   * least one failed attempt.
   */
  boolean paymentWasFailing(String subscription, LocalDate day) {
    Map<String, InvoiceSnapshot> known = new HashMap<>();
    for (InvoiceSnapshot version : invoiceVersions) {
      if (!version.getSnapshotDate().isAfter(day) && bills(version, subscription)) {
        known.put(version.getId(), version);
      }
    }
    Optional<InvoiceSnapshot> newest =
        known.values().stream()
            .max(
                Comparator.comparing(InvoiceSnapshot::getCreated)
                    .thenComparing(InvoiceSnapshot::getId));
    return newest
        .filter(invoice -> invoice.getAttemptCount() > 0)
        .map(InvoiceSnapshot::getStatus)
        .filter(status -> status.equals("open") || status.equals("uncollectible"))
        .isPresent();
  }

  private static boolean bills(InvoiceSnapshot invoice, String subscription) {
    return invoice.getParent() != null
        && subscription.equals(invoice.getParent().getSubscription());
  }
}
