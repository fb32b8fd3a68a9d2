package org.stripeanalytics.intermediate;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a subscription's spells need to know of its customer's other objects.
 *
 * @param customerVersions in time order
 * @param invoiceVersions in time order
 */
record CustomerContext(
    List<CustomerSnapshot> customerVersions, List<InvoiceSnapshot> invoiceVersions) {

  /** The customer-wide discount at an instant, for subscriptions without discounts of their own. */
  List<String> customerDiscounts(Instant at) {
    List<String> discounts = List.of();
    for (CustomerSnapshot version : customerVersions) {
      if (version.getChangedAt().isAfter(at)) {
        break;
      }
      discounts =
          version.getDiscount() == null ? List.of() : ImmutableList.of(version.getDiscount());
    }
    return discounts;
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
