package org.stripeanalytics.fold;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.billing.BilledPeriod;
import org.stripeanalytics.fold.billing.ListPrice;
import org.stripeanalytics.fold.billing.Settlements;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.state.BilledRevenue;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.InvoiceState;
import org.stripeanalytics.fold.state.SubscriptionState;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.raw.SubscriptionItem;

/**
 * Compares what a customer's invoices bill with what their subscriptions count in MRR, each invoice
 * once, when it is first seen to have left draft. Prorations, metered prices, discounts and taxes
 * are left out on both sides, and so is all that a subscription bills while it does not count: its
 * trial above all.
 */
final class RevenueComparison {
  private static final Set<String> UNBILLED = Set.of("draft", "void");
  private static final Set<String> COUNTED = Set.of("active", "past_due");

  private final Map<String, SubscriptionFold.Folded> subscriptions = new HashMap<>();
  private final Map<String, BilledRevenue> byInvoice = new HashMap<>();
  private final ListPrice listPrice;
  private final Catalog catalog;
  private final ReportingFrame frame;

  RevenueComparison(
      CustomerState state,
      List<InvoiceSnapshot> invoices,
      List<SubscriptionFold.Folded> subscriptions,
      ListPrice listPrice,
      Catalog catalog,
      ReportingFrame frame) {
    this.listPrice = listPrice;
    this.catalog = catalog;
    this.frame = frame;
    subscriptions.forEach(folded -> this.subscriptions.put(folded.id(), folded));
    for (InvoiceState known : state.getInvoices()) {
      if (known.getRevenue() != null) {
        byInvoice.put(known.getVersion().getId(), known.getRevenue());
      }
    }
    for (InvoiceSnapshot invoice : invoices) {
      if (invoice.getStatus() != null
          && !UNBILLED.contains(invoice.getStatus())
          && !byInvoice.containsKey(invoice.getId())) {
        compare(invoice).ifPresent(revenue -> byInvoice.put(invoice.getId(), revenue));
      }
    }
  }

  /** With what was compared of its invoice, if anything was. */
  InvoiceSettlement in(InvoiceSettlement settlement) {
    BilledRevenue revenue = byInvoice.get(settlement.getInvoiceId());
    return revenue == null
        ? settlement
        : settlement.toBuilder()
            .setBilledArrMinor(revenue.getBilled())
            .setSubscribedArrMinor(revenue.getSubscribed())
            .build();
  }

  /** What had been compared by an instant. */
  InvoiceState in(InvoiceState invoice, Instant end) {
    BilledRevenue revenue = byInvoice.get(invoice.getVersion().getId());
    return revenue == null || !revenue.getComparedAt().isBefore(end)
        ? invoice
        : invoice.toBuilder().setRevenue(revenue).build();
  }

  private Optional<BilledRevenue> compare(InvoiceSnapshot invoice) {
    SubscriptionFold.Folded folded =
        subscriptions.get(String.valueOf(Settlements.subscription(invoice)));
    if (folded == null) {
      return Optional.empty();
    }
    List<BilledPeriod> periods = BilledPeriod.of(invoice, folded.id()).toList();
    return periods.stream()
        .map(BilledPeriod::getStart)
        .max(Instant::compareTo)
        .flatMap(
            start ->
                // A change on that day is in the bill or comes after it.
                Stream.of(start, endOfDay(start))
                    .map(instant -> hold(folded, instant))
                    .flatMap(Optional::stream)
                    .map(hold -> compare(invoice, periods, hold))
                    .flatMap(Optional::stream)
                    .min((a, b) -> Long.compare(difference(a), difference(b))));
  }

  private static long difference(BilledRevenue revenue) {
    return Math.abs(revenue.getBilled() - revenue.getSubscribed());
  }

  private Optional<BilledRevenue> compare(
      InvoiceSnapshot invoice, List<BilledPeriod> periods, SubscriptionHold hold) {
    String currency = hold.version().getCurrency();
    long billed = 0;
    long subscribed = 0;
    boolean isComparable = false;
    for (BilledPeriod period : periods) {
      SubscriptionItem item = item(hold, period);
      if (item != null && period.getCurrency().equals(currency)) {
        billed += period.annualised(item.getPrice().getRecurring().getInterval());
        subscribed += listPrice.of(item, currency, List.of(period));
        isComparable = true;
      }
    }
    return isComparable
        ? Optional.of(
            BilledRevenue.of(
                invoice.getChangedAt(),
                converted(billed, currency),
                converted(subscribed, currency)))
        : Optional.empty();
  }

  /** The licensed item that a line bills; null where it bills none that is known. */
  private static @Nullable SubscriptionItem item(SubscriptionHold hold, BilledPeriod period) {
    return hold.version().getItems().stream()
        .filter(item -> item.getId().equals(period.getItem()))
        .filter(item -> item.getPrice().getRecurring() != null)
        .filter(item -> item.getPrice().getRecurring().getUsageType().equals("licensed"))
        .findFirst()
        .orElse(null);
  }

  /**
   * What the subscription was at an instant, where it counted. Of an invoice that left draft after
   * the interval began, that may be before: then it is what the subscription still was when the
   * interval began, if that was so at the instant.
   */
  private static Optional<SubscriptionHold> hold(SubscriptionFold.Folded folded, Instant instant) {
    SubscriptionState before = folded.before();
    SubscriptionHold held =
        before == null || before.getVersion().getChangedAt().isAfter(instant)
            ? null
            : new SubscriptionHold(Instant.MIN, before.getStatus(), before.getVersion());
    for (SubscriptionHold hold : folded.holds()) {
      if (!hold.from().isAfter(instant)) {
        held = hold;
      }
    }
    return Optional.ofNullable(held)
        .filter(hold -> COUNTED.contains(hold.status()))
        .filter(hold -> hold.version().getPauseCollection() == null);
  }

  private Instant endOfDay(Instant instant) {
    ZoneId zone = frame.zone();
    return Days.end(Days.of(instant, zone), zone).minusNanos(1);
  }

  private long converted(long minor, String currency) {
    return catalog.convert(minor, currency, frame.currency());
  }
}
